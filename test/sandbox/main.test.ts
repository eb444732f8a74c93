import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { practiceNamed } from './practice-fixture.ts';
import { queryClient } from './server/query-client.ts';
import { sandboxClient } from './server/sandbox-client.ts';

it('runs as a child process: prints its address and the registry, and ends with its parent', async () => {
  const main = fileURLToPath(new URL('../../sandbox/main.ts', import.meta.url));
  const child = fork(main, {
    execArgv: ['--import', 'tsx'],
    env: { ...process.env, PORT: '0', SANDBOX_STAGE_MS: '60000' },
  });
  const [message] = await once(child, 'message');
  expect(message).toMatchObject({
    type: 'listening',
    url: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/),
  });
  expect(message.practices.map(({ bpSiteId }: { bpSiteId: string }) => bpSiteId)).toEqual([
    '1001',
    '1002',
    '1003',
    '1004',
    '1005',
    '1006',
    '1007',
  ]);
  expect(message.practices[4]).toEqual({
    bpSiteId: '1005',
    name: 'Sandbox Tramline Practice',
    haloGuid: practiceNamed('1005').formerHaloGuid,
  });
  const response = await fetch(`${message.url}/integrator/sites`);
  expect(response.status).toBe(401);
  const client = queryClient(message.url);
  const id = await client.start('SELECT 1 AS one');
  await sandboxClient(message.url).post('/sandbox/clock', { advanceMs: 60_000 });
  expect((await client.get(id)).json.status).toBe('queued');
  child.disconnect();
  const [code] = await once(child, 'exit');
  expect(code).toBe(0);
});
