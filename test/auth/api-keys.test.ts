/** Keys by a file of their hashes, also while it changes. */
import { createHash } from 'node:crypto';
import { chmodSync, mkdirSync, mkdtempSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { parseApiKeys } from '../../src/auth/api-key-file.ts';
import { type ApiKeys, createApiKeys } from '../../src/auth/api-keys.ts';
import { createLog } from '../../src/log.ts';

const sha256 = (key: string): string => createHash('sha256').update(key).digest('hex');
const entry = (name: string, more: object = {}) => ({
  name,
  sha256: sha256(`key-of-${name}`),
  scopes: ['appointments:read'],
  practices: ['1001'],
  ...more,
});

describe('a file of keys', () => {
  test.each<[string, unknown, string]>([
    [
      'an unknown scope',
      [entry('a'), entry('b', { scopes: ['sites:read', 'patients:all'] })],
      'entry 2 (b), scopes, 1: must be one of sites:read,',
    ],
    ['an unknown field', [entry('a', { 'key-of-a': 1 })], 'entry 1 (a): has a field besides name,'],
    ['a missing field', [entry('a', { practices: undefined })], 'entry 1 (a), practices: '],
    [
      'a key in the place of its hash',
      [entry('a', { sha256: 'key-of-a' })],
      'entry 1 (a), sha256: must be the SHA-256 of the key',
    ],
    ['a star among practices', [entry('a', { practices: ['1001', '*'] })], 'entry 1 (a), practices: must be'],
    ['a practice without a name', [entry('a', { practices: [' '] })], 'entry 1 (a), practices, 0: '],
    ['a name with blanks', [entry('key-of-a key-of-a')], 'entry 1, name: must be'],
    [
      'a name twice',
      [entry('a'), entry('a', { sha256: sha256('b') })],
      'entry 2 (a): another entry has the same name.',
    ],
    [
      'a hash twice',
      [entry('a'), entry('b', { sha256: sha256('key-of-a').toUpperCase() })],
      'entry 2 (b): another entry has the same sha256.',
    ],
    ['an entry that is none', ['key-of-a'], 'entry 1: '],
    ['no list', { a: 'key-of-a' }, 'must be a list.'],
  ])('with %s is refused, entry and fault named, and nothing else', (_which, content, fault) => {
    const { keys, faults } = parseApiKeys(JSON.stringify(content));
    expect(keys).toEqual([]);
    expect(faults).toHaveLength(1);
    expect(faults[0]).toContain(fault);
    expect(faults[0]).not.toMatch(/key-of-|patients:all|[0-9a-f]{64}/i);
  });

  test('that is no JSON is refused without quoting it', () => {
    expect(parseApiKeys('[{"name": key-of-a')).toEqual({ keys: [], faults: ['is not JSON.'] });
  });

  test('reports all its faults at once', () => {
    const content = [entry('a', { scopes: ['x'] }), entry('b', { practices: 'all' })];
    expect(parseApiKeys(JSON.stringify(content)).faults).toHaveLength(2);
  });
});

describe('API keys', () => {
  let directory: string;
  let path: string;
  let lines: string[];
  let open: ApiKeys[];

  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'api-keys-'));
    path = join(directory, 'keys.json');
    lines = [];
    open = [];
  });
  afterEach(() => {
    for (const keys of open) keys.close();
    rmSync(directory, { recursive: true });
  });

  /** At one stroke: a look can fall between the two steps of writing in place. */
  const write = (content: unknown) => {
    writeFileSync(`${path}.new`, typeof content === 'string' ? content : JSON.stringify(content));
    renameSync(`${path}.new`, path);
  };
  const start = (): ApiKeys => {
    const log = createLog('debug', { write: (line) => lines.push(line) });
    const keys = createApiKeys({ path, log, checkEveryMs: 2 });
    open.push(keys);
    return keys;
  };
  const errors = () => lines.filter((line) => line.includes('"level":"error"'));

  test('are found, each with its scopes and practices', () => {
    write([entry('a'), entry('b', { scopes: [], practices: ['*'] }), entry('c', { practices: [] })]);
    const keys = start();
    expect(keys.find('key-of-a')).toEqual({ name: 'a', scopes: ['appointments:read'], practices: ['1001'] });
    expect(keys.find('key-of-b')).toEqual({ name: 'b', scopes: [], practices: 'all' });
    expect(keys.find('key-of-c')?.practices).toEqual([]);
  });

  test('are not found for other texts', () => {
    write([entry('a')]);
    const keys = start();
    for (const wrong of ['', 'key-of-', 'key-of-A', 'key-of-a ', sha256('key-of-a'), 'x'.repeat(8192)]) {
      expect(keys.find(wrong)).toBeNull();
    }
  });

  test('work after they are added, and no longer after they are removed', async () => {
    write([entry('a'), entry('b')]);
    const keys = start();
    write([entry('b'), entry('c')]);
    await seen(() => expect(keys.find('key-of-c')).not.toBeNull());
    expect(keys.find('key-of-a')).toBeNull();
    expect(keys.find('key-of-b')).not.toBeNull();
  });

  test('are read again from a file that is written in place', async () => {
    write([entry('a')]);
    const keys = start();
    // Longer: some file systems give two writes within milliseconds the same time.
    writeFileSync(path, JSON.stringify([entry('b'), entry('c')]));
    await seen(() => expect(keys.find('key-of-a')).toBeNull());
    expect(keys.find('key-of-b')).not.toBeNull();
  });

  test('are read again when a symbolic link in the path changes, as in Kubernetes', async () => {
    for (const name of ['a', 'b']) {
      mkdirSync(join(directory, name));
      writeFileSync(join(directory, name, 'keys.json'), JSON.stringify([entry(name)]));
    }
    symlinkSync('a', join(directory, '..data'));
    symlinkSync(join('..data', 'keys.json'), path);
    const keys = start();
    symlinkSync('b', join(directory, '..data_tmp'));
    renameSync(join(directory, '..data_tmp'), join(directory, '..data'));
    await seen(() => expect(keys.find('key-of-a')).toBeNull());
    expect(keys.find('key-of-b')).not.toBeNull();
  });

  test.each([
    ['is no JSON', '[{"name":"key-of-a"'],
    ['is empty', ''],
    ['has a fault', [entry('b', { scopes: ['x'] })]],
  ])(
    'still work when the new file %s, which is logged once, until the file is repaired',
    async (_how, content) => {
      write([entry('a')]);
      const keys = start();
      write(content);
      await seen(() => expect(errors()).toHaveLength(1));
      await pauseForLooks();
      expect(errors()).toHaveLength(1);
      expect(keys.find('key-of-a')).not.toBeNull();
      expect(keys.find('key-of-b')).toBeNull();
      write([entry('b')]);
      await seen(() => expect(keys.find('key-of-b')).not.toBeNull());
      expect(keys.find('key-of-a')).toBeNull();
      expect(lines.join('')).not.toMatch(/key-of-|[0-9a-f]{64}/i);
    },
  );

  test('still work when the file is gone, which is logged once', async () => {
    write([entry('a')]);
    const keys = start();
    rmSync(path);
    await seen(() => expect(errors()).toHaveLength(1));
    await pauseForLooks();
    expect(errors()).toHaveLength(1);
    expect(errors()[0]).toContain('ENOENT');
    expect(keys.find('key-of-a')).not.toBeNull();
  });

  test.skipIf(process.getuid?.() === 0)('are read when a new file becomes readable', async () => {
    write([entry('a')]);
    const keys = start();
    writeFileSync(`${path}.new`, JSON.stringify([entry('b')]), { mode: 0o000 });
    renameSync(`${path}.new`, path);
    await seen(() => expect(errors()[0]).toContain('EACCES'));
    chmodSync(path, 0o600);
    await seen(() => expect(keys.find('key-of-b')).not.toBeNull());
  });

  test('are not read after the store is closed', async () => {
    write([entry('a')]);
    const keys = start();
    keys.close();
    write([entry('b')]);
    await pauseForLooks();
    expect(keys.find('key-of-a')).not.toBeNull();
  });

  test.each([
    ['is missing', undefined, 'cannot be read (ENOENT).'],
    ['has faults', [entry('a', { scopes: ['x'] })], 'entry 1 (a), scopes, 0: '],
  ])('stop the start when the file %s', (_how, content, fault) => {
    if (content) write(content);
    expect(start).toThrow(fault);
  });

  const seen = (what: () => void) => vi.waitFor(what, { timeout: 15_000, interval: 5 });
  const pauseForLooks = () => new Promise((resolve) => setTimeout(resolve, 30));
});
