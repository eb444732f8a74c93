/** Which subscription key a call uses, and what happens when Halo Cloud refuses one. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readConfig } from '../src/config.ts';
import { createSubscriptionKeys, type SubscriptionKeys } from '../src/subscription-keys.ts';
import { collectLog } from './datasources/halo-cloud/kit.ts';

const [p1, s1, p2, s2] = ['1', '2', '3', '4'].map((digit) => digit.repeat(32)) as [
  string,
  string,
  string,
  string,
];
const neverLogs = (lines: readonly unknown[]) => {
  for (const key of [p1, s1, p2, s2]) expect(JSON.stringify(lines)).not.toContain(key.slice(0, 6));
};

let folder: string;
let file: string;
let now: number;
let log: ReturnType<typeof collectLog>;
let open: SubscriptionKeys[];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'halo-graph-keys-'));
  file = join(folder, 'key');
  now = 0;
  log = collectLog();
  open = [];
});
afterEach(() => {
  for (const keys of open) keys.close();
  rmSync(folder, { recursive: true });
  neverLogs(log.lines);
});

function keysOf(...lines: readonly string[]): SubscriptionKeys {
  return openKeys(lines, 60_000);
}

function openKeys(lines: readonly string[], checkEveryMs: number): SubscriptionKeys {
  writeFileSync(file, lines.join('\n'));
  const keys = createSubscriptionKeys({ keys: [], file, log, clock: () => now, checkEveryMs });
  open.push(keys);
  return keys;
}

/** A call to a Halo Cloud with these valid keys: the keys that it was sent with, and whether it succeeded. */
async function call(keys: SubscriptionKeys, ...valid: readonly string[]) {
  const tried: string[] = [];
  for (let key: string | null = keys.current(); key !== null; key = await keys.refused(tried)) {
    tried.push(key);
    if (!valid.includes(key)) continue;
    keys.accepted(key);
    return { tried, succeeded: true };
  }
  return { tried, succeeded: false };
}
const messages = (level: string) => log.lines.filter((line) => line.level === level);

describe('part 8: two keys', () => {
  it('the primary is used; when it is refused, the same call uses the secondary, and so do later calls', async () => {
    const keys = keysOf(p1, s1);
    expect(await call(keys, p1, s1)).toEqual({ tried: [p1], succeeded: true });
    expect(await call(keys, s1)).toEqual({ tried: [p1, s1], succeeded: true });
    expect(await call(keys, s1)).toEqual({ tried: [s1], succeeded: true });
    expect(keys.refusedCount()).toBe(1);
    expect(messages('warn')).toMatchObject([{ key: 'primary', used: 'secondary' }]);
  });

  it('a refused key is tried again by one call after five minutes', async () => {
    const keys = keysOf(p1, s1);
    await call(keys, s1);
    now += 5 * 60_000;
    expect(keys.current()).toBe(p1);
    expect(keys.current()).toBe(s1);
    keys.accepted(p1);
    expect(keys.current()).toBe(p1);
    expect(keys.refusedCount()).toBe(0);
  });

  it('both refused: each key once per call, one error line, and the first valid key helps at once', async () => {
    const keys = keysOf(p1, s1);
    expect(await call(keys)).toEqual({ tried: [p1, s1], succeeded: false });
    expect(await call(keys)).toEqual({ tried: [p1, s1], succeeded: false });
    expect(messages('error')).toHaveLength(1);
    expect(keys.refusedCount()).toBe(2);
    expect((await call(keys, s1)).succeeded).toBe(true);
    expect((await call(keys, s1)).tried).toEqual([s1]);
    expect(messages('info')).toHaveLength(1);
  });

  it('one key, refused: one attempt', async () => {
    const keys = keysOf(p1);
    expect(await call(keys)).toEqual({ tried: [p1], succeeded: false });
    expect(await call(keys)).toEqual({ tried: [p1], succeeded: false });
    expect(messages('error')).toHaveLength(1);
  });

  it('many calls that are refused at the same time are one line', async () => {
    const keys = keysOf(p1, s1);
    const calls = await Promise.all(Array.from({ length: 50 }, () => call(keys, s1)));
    expect(calls.every(({ succeeded }) => succeeded)).toBe(true);
    expect(messages('warn')).toHaveLength(1);
  });
});

describe('part 8: a file that changes', () => {
  it('is read at once when a key is refused', async () => {
    const keys = keysOf(p1);
    await call(keys, p1);
    writeFileSync(file, p2);
    const calls = await Promise.all(Array.from({ length: 50 }, () => call(keys, p2)));
    expect(calls.every(({ succeeded }) => succeeded)).toBe(true);
    expect(keys.known()).toEqual([p2, p1]);
    expect(messages('warn')).toEqual([]);
  });

  it('a whole rotation: at each step a key is valid that is known', async () => {
    const keys = keysOf(p1, s1);
    const steps: readonly [readonly string[] | null, ...string[]][] = [
      [null, p1, s1],
      [null, s1],
      [null, s1, p2],
      [[p2, s1], s1, p2],
      [null, p2],
      [[p2, s2], p2, s2],
    ];
    for (const [written, ...valid] of steps) {
      if (written) writeFileSync(file, written.join('\n'));
      expect((await call(keys, ...valid)).succeeded).toBe(true);
    }
  });

  it.each([
    ['half a key', p2.slice(0, 10)],
    ['two wrong keys', `${p2}\n${s2}`],
    ['nothing', ''],
    ['a page', '<html> <body>'],
    ['three keys', `${p1}\n${p2}\n${s2}`],
  ])('%s: no call fails while the old key is valid', async (_, text) => {
    const keys = openKeys([p1], 2);
    await call(keys, p1);
    writeFileSync(file, text);
    await expect.poll(() => log.lines.length, { timeout: 10_000 }).toBe(1);
    expect((await call(keys, p1)).succeeded).toBe(true);
    expect((await call(keys, p1)).succeeded).toBe(true);
    writeFileSync(file, p2);
    expect((await call(keys, p2)).succeeded).toBe(true);
    expect(keys.configured()).toEqual([p2]);
  });

  it('notifies listeners, and only of changes', async () => {
    const keys = keysOf(p1, s1);
    let changes = 0;
    keys.onChange(() => {
      changes += 1;
    });
    writeFileSync(file, `${p1}\r\n  ${s1}\n\n`);
    await keys.refused([p1]);
    expect(changes).toBe(0);
    writeFileSync(file, s1);
    await keys.refused([p1]);
    expect(changes).toBe(1);
    expect(keys.current()).toBe(s1);
  });
});

describe('the configuration of keys', () => {
  const read = (text: string) => {
    writeFileSync(file, text);
    return readConfig({ HALO_SUBSCRIPTION_KEY_FILE: file });
  };

  it('reads one key or two from the file', () => {
    expect(read(`${p1}\n`)).toMatchObject({ subscriptionKey: p1, subscriptionKeyFile: file });
    expect(read(`${p1}\r\n${s1}\r\n`)).toMatchObject({ subscriptionKey: p1, secondaryKey: s1 });
    expect(read(`${p1}\n${p1}`).secondaryKey).toBeUndefined();
  });

  it('a key in the environment has priority, and never changes', () => {
    writeFileSync(file, s1);
    expect(readConfig({ HALO_SUBSCRIPTION_KEY: p1, HALO_SUBSCRIPTION_KEY_FILE: file })).toMatchObject({
      subscriptionKey: p1,
      secondaryKey: undefined,
      subscriptionKeyFile: undefined,
    });
  });

  it.each([[`${p1}\n${s1}\n${p2}`], [`${p1} ${s1}`], ['ключ'], ['']])(
    'refuses a file without showing it (%#)',
    (text) => {
      let message = '';
      try {
        read(text);
      } catch (error) {
        message = (error as Error).message;
      }
      expect(message).toContain('HALO_SUBSCRIPTION_KEY_FILE');
      neverLogs([message]);
    },
  );
});
