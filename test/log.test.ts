import { spawnSync } from 'node:child_process';
import { afterEach, expect, test, vi } from 'vitest';
import { createLog } from '../src/log.ts';

afterEach(() => void vi.useRealTimers());

test('every line says when it was written, in UTC, and its level in a word', () => {
  vi.useFakeTimers({ now: new Date('2026-11-24T09:00:00.999+10:00') });
  const lines: string[] = [];
  const log = createLog('info', { write: (line) => lines.push(line) });
  log.info({ n: 1 }, 'first');
  log.info({ n: 2 }, 'second');
  vi.advanceTimersByTime(1);
  log.warn({ n: 3 }, 'third');
  log.debug({ n: 4 }, 'fourth');
  expect(lines).toEqual([
    '{"level":"info","time":"2026-11-23T23:00:00.999Z","n":1,"msg":"first"}\n',
    '{"level":"info","time":"2026-11-23T23:00:00.999Z","n":2,"msg":"second"}\n',
    '{"level":"warn","time":"2026-11-23T23:00:01.000Z","n":3,"msg":"third"}\n',
  ]);
});

test.each([
  ['when the process ends by itself', 3, ''],
  ['when it exits at once', 3, 'process.exit(0);'],
  ['in front of it, and in order', 20_000, 'process.exit(0);'],
])('what waits to be written is written %s', (_when, count, end) => {
  const program = `import { createLog } from './src/log.ts';
    const log = createLog('info');
    for (let n = 0; n < ${count}; n += 1) log.info({ n, text: 'é' }, 'line');
    ${end}`;
  const { stdout } = spawnSync(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', program], {
    encoding: 'utf8',
    maxBuffer: 10_000_000,
  });
  const lines = stdout.trimEnd().split('\n');
  expect(lines.map((line) => (JSON.parse(line) as { n: number }).n)).toEqual([...Array(count).keys()]);
});
