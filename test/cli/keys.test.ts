/** `halo-graph keys`: what it prints is what the server reads. */
import { createHash } from 'node:crypto';
import { afterEach, expect, it, vi } from 'vitest';
import { parseApiKeys } from '../../src/auth/api-key-file.ts';
import { readArguments } from '../../src/cli/arguments.ts';
import { UsageError } from '../../src/cli/command.ts';

afterEach(() => vi.restoreAllMocks());

async function run(...args: readonly string[]): Promise<string> {
  const write = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
  const invocation = readArguments(['keys', ...args]);
  if (!('command' in invocation)) throw new Error('help');
  expect(await invocation.command.run(invocation.input)).toBe(0);
  const text = write.mock.calls.map(([each]) => String(each)).join('');
  write.mockRestore();
  return text;
}

it('part 6: the entry holds the hash of the key, and is valid in the file', async () => {
  const args = ['front-desk', '--scopes', 'sites:read, patients:read', '--practices', '1001,1002', '--json'];
  const { key, entry } = JSON.parse(await run(...args));
  expect(key).toMatch(/^[0-9a-f]{64}$/);
  expect(entry.sha256).toBe(createHash('sha256').update(key).digest('hex'));
  const { keys, faults } = parseApiKeys(JSON.stringify([entry]));
  expect(faults).toEqual([]);
  expect(keys[0]?.caller).toEqual({
    name: 'front-desk',
    scopes: ['sites:read', 'patients:read'],
    practices: ['1001', '1002'],
  });
  expect(JSON.parse(await run(...args)).key).not.toBe(key);
});

it('part 6: without --json the key stands alone on a line, and the entry can be copied', async () => {
  const text = await run('app', '--scopes', 'sites:read', '--practices', '*');
  const key = /^[0-9a-f]{64}$/m.exec(text)?.[0] ?? '';
  const entry = JSON.parse(text.slice(text.indexOf('{')));
  expect(entry).toMatchObject({
    practices: ['*'],
    sha256: createHash('sha256').update(key).digest('hex'),
  });
});

it.each([
  [[]],
  [['app']],
  [['app', '--scopes', 'sites:read']],
  [['app', '--scopes', 'everything', '--practices', '*']],
  [['an app', '--scopes', 'sites:read', '--practices', '*']],
])('part 6: refuses %j', async (args) => {
  await expect(run(...args)).rejects.toThrow(UsageError);
});
