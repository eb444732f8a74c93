import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseApiKeys } from '../../src/auth/api-key-file.ts';
import { callerName } from '../../src/auth/caller-name.ts';
import { callerOf } from '../../src/auth/claims.ts';

const nameOfKey = (name: string) =>
  parseApiKeys(JSON.stringify([{ name, sha256: 'a'.repeat(64), scopes: [], practices: [] }])).keys[0]?.caller
    .name;

describe('I7: kinds of callers cannot collide', () => {
  it('an API key with the name of a token is a different caller', () => {
    expect(nameOfKey('booking-app')).toBe('booking-app');
    expect(nameOfKey('jwt:app')).toBe('key:jwt:app');
    expect(callerOf({ client_id: 'app' }).name).toBe('jwt:app');
    expect(callerOf({ azp: 'app' }).name).toBe('jwt:app');
    expect(callerOf({ sub: 'app' }).name).toBe('jwt-sub:app');
  });

  it('with any names', () => {
    const kind = fc.constantFrom('key' as const, 'client' as const, 'subject' as const);
    const prefix = fc.constantFrom('', 'key:', 'jwt:', 'jwt-sub:', 'key:jwt:', 'jwt:key:', 'jwt');
    const name = fc.oneof(fc.constantFrom('app', 'a b', 'x'.repeat(70)), fc.string({ minLength: 1 }));
    const caller = fc.record({ kind, given: fc.tuple(prefix, name).map((parts) => parts.join('')) });
    fc.assert(
      fc.property(caller, caller, (one, other) => {
        const same = one.kind === other.kind && one.given === other.given;
        expect(callerName(one.kind, one.given) === callerName(other.kind, other.given)).toBe(same);
      }),
      { numRuns: 2_000 },
    );
  });
});
