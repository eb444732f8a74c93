/** What decides whether a signature is right takes the same time for each wrong one. */
import crypto from 'node:crypto';
import { syncBuiltinESMExports } from 'node:module';
import { afterEach, beforeEach, expect, it, type MockInstance, vi } from 'vitest';
import { isSigned, webhookKey } from '../../src/webhooks/signature.ts';

const keys = ['synthetic-new', 'synthetic-old', 'synthetic-older'].map((each) => webhookKey(each, 'utf8'));
const body = Buffer.from('{"id":"synthetic"}');
const timestamp = '2026-03-05T14:30:01Z';
const signatureBy = (key: Buffer = Buffer.alloc(0)): string =>
  crypto.createHmac('sha256', key).update(body).update(`.${timestamp}`).digest('hex');

let compare: MockInstance<typeof crypto.timingSafeEqual>;
beforeEach(() => {
  compare = vi.spyOn(crypto, 'timingSafeEqual');
  syncBuiltinESMExports();
});
afterEach(() => {
  compare.mockRestore();
  syncBuiltinESMExports();
});

it('crypto.timingSafeEqual decides: what it says of all 64 digits is the answer', () => {
  const right = signatureBy(keys[0]);
  const wrong = `${right.slice(0, -1)}${right.endsWith('0') ? '1' : '0'}`;
  expect([isSigned(body, timestamp, right, keys), isSigned(body, timestamp, wrong, keys)]).toEqual([
    true,
    false,
  ]);
  for (const [received, expected] of compare.mock.calls.slice(-keys.length)) {
    expect(Buffer.from(received as Uint8Array).toString()).toBe(wrong);
    expect(expected).toHaveLength(64);
  }
  for (const answer of [true, false]) {
    compare.mockReturnValue(answer);
    expect(isSigned(body, timestamp, right, keys)).toBe(answer);
    expect(isSigned(body, timestamp, wrong, keys)).toBe(answer);
  }
});

it.each([0, 1, 2])('each of three keys is compared, also if key %i matches', (place) => {
  expect(isSigned(body, timestamp, signatureBy(keys[place]), keys)).toBe(true);
  expect(compare).toHaveBeenCalledTimes(3);
});

it('a signature of another length is wrong, whatever it holds', () => {
  const right = signatureBy(keys[0]);
  for (const signature of ['', '0', right.slice(1), `${right}0`, `${right}${right}`]) {
    expect(isSigned(body, timestamp, signature, keys)).toBe(false);
  }
});
