import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';
import { fakeHalo } from './resolvers/fake-halo.ts';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

/** Node 20 forgets AbortSignal.timeout() below AbortSignal.any() when it collects garbage: nothing would end the wait. */
test('the deadline comes, also when garbage was collected in between', async () => {
  const { request, opened } = fakeHalo({ server: { deadlineMs: 100 } });
  await request({ query: '{ viewer { name } }' });
  const signal = opened[0]?.signal as AbortSignal;
  const ended = new Promise((resolve) => signal.addEventListener('abort', () => resolve(signal.reason.name)));
  for (let round = 0; round < 3; round += 1) {
    await new Promise((resolve) => setImmediate(resolve));
    collectGarbage();
  }
  expect(await ended).toBe('TimeoutError');
}, 2_000);
