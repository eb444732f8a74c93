import type { ExecutionResult } from 'graphql';
import { expect, it } from 'vitest';
import { runDetached } from '../../../src/http/streams/detached-operation.ts';
import type { StopSignal } from '../../../src/lib/stop.ts';
import type { Pipeline } from '../../../src/operation/pipeline.ts';

function run(result: Promise<ExecutionResult>) {
  const events: string[] = [];
  let signal: StopSignal | undefined;
  const pipeline = {
    open: (request: { signal: StopSignal }) => {
      signal = request.signal;
      return { release: () => events.push('release') };
    },
    run: () => result,
    close: () => events.push('close'),
  } as unknown as Pipeline;
  const operation = runDetached(pipeline, { get: () => null }, {}, () => events.push('end'));
  return { ...operation, events, aborted: () => signal?.aborted };
}

it('an operation holds its place until its result is taken and the next one is requested', async () => {
  const { results, events } = run(Promise.resolve({ data: { a: 1 } }));
  expect(await results.next()).toEqual({ done: false, value: { data: { a: 1 } } });
  expect(events).toEqual([]);
  expect((await results.next()).done).toBe(true);
  expect(events).toEqual(['release', 'close', 'end']);
});

it('an operation that its client leaves before its first result is stopped, and gives none', async () => {
  let answer = (_: ExecutionResult) => {};
  const { results, events, aborted } = run(
    new Promise((resolve) => {
      answer = resolve;
    }),
  );
  const next = results.next();
  await results.return?.();
  expect([events, aborted()]).toEqual([['release', 'close', 'end'], true]);
  answer({ data: { a: 1 } });
  expect((await next).done).toBe(true);
});
