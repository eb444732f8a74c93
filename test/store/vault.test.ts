/** What replicas share by Redis is encrypted: one replica reads what another wrote, and nobody else does. */
import { expect, it } from 'vitest';
import { createVault } from '../../src/store/vault.ts';

const baseUrl = 'https://halo.example';
const content = '{"fullName":"Synthetic Person"}';
const vault = createVault('synthetic-key', baseUrl, 'live');

it('another replica reads what one wrote', () => {
  expect(createVault('synthetic-key', baseUrl, 'live').decrypt('a', vault.encrypt('a', content))).toBe(
    content,
  );
});

it('nothing of the content is readable, and equal contents look different', () => {
  const [first, second] = [vault.encrypt('a', content), vault.encrypt('a', content)];
  expect(first).not.toBe(second);
  expect(Buffer.from(first, 'base64').toString('latin1')).not.toMatch(/fullName|Synthetic/);
});

it('a value is read under its own name only, so that one entry cannot stand for another', () => {
  expect(vault.decrypt('b', vault.encrypt('a', content))).toBeNull();
});

it.each([
  ['subscription', createVault('synthetic-other', baseUrl, 'live')],
  ['Halo Cloud', createVault('synthetic-key', 'https://other.example', 'live')],
  ['purpose', createVault('synthetic-key', baseUrl, 'other')],
])('a value of another %s is not read', (_of, other) => {
  expect(vault.decrypt('a', other.encrypt('a', content))).toBeNull();
});

it('a value with any changed or missing byte is not read', () => {
  const bytes = Buffer.from(vault.encrypt('a', content), 'base64');
  for (let place = 0; place < bytes.length; place += 1) {
    const changed = Buffer.from(bytes);
    changed[place] = (changed[place] ?? 0) ^ 1;
    expect(vault.decrypt('a', changed.toString('base64'))).toBeNull();
    expect(vault.decrypt('a', bytes.subarray(0, place).toString('base64'))).toBeNull();
  }
});

it('while keys are rotated, a value of any known key is read, and the primary one encrypts', () => {
  const keysOf = (configured: readonly string[], known = configured) =>
    ({ configured: () => configured, known: () => known }) as never;
  const early = createVault(keysOf(['new', 'old'], ['new', 'old', 'oldest']), baseUrl, 'live');
  const late = createVault('old', baseUrl, 'live');
  expect(early.decrypt('a', late.encrypt('a', content))).toBe(content);
  expect(early.decrypt('a', createVault('oldest', baseUrl, 'live').encrypt('a', content))).toBe(content);
  expect(late.decrypt('a', early.encrypt('a', content))).toBeNull();
  expect(createVault('new', baseUrl, 'live').decrypt('a', early.encrypt('a', content))).toBe(content);
});
