import { createHash } from 'node:crypto';
import type { JWTPayload } from 'jose';
import { z } from 'zod';
import { everyScope } from '../scopes.ts';
import type { Caller } from './caller.ts';
import { practiceList } from './practice-list.ts';
import { Unauthenticated } from './unauthenticated.ts';

const longestName = 64;
const unsafeInName = /[^\w.:@|/-]/g;

const claimsSchema = z.object({
  scope: z.string().default(''),
  practices: z
    .literal('*')
    .transform(() => 'all' as const)
    .or(practiceList)
    .default([]),
});

/**
 * Who a genuine token is about. `scope` is a string with blanks between scopes, of which unknown ones belong to others and
 * are passed over; `practices` a list of Bp Site IDs, `"*"` or `["*"]`; a claim that is missing grants nothing. Throws
 * Unauthenticated for claims of another form: what was meant cannot be guessed.
 */
export function callerOf(payload: JWTPayload): Caller {
  const name = [payload.client_id, payload.azp, payload.sub].find(isText);
  if (name === undefined)
    throw Unauthenticated.refused('JWT: none of client_id, azp and sub names the caller');
  const claims = claimsSchema.safeParse(payload);
  if (!claims.success) {
    const forms = new Set(claims.error.issues.map(({ path }) => String(path[0])));
    throw Unauthenticated.refused(`JWT: claim of another form: ${[...forms].join(', ')}`);
  }
  const { scope, practices } = claims.data;
  const granted = new Set(scope.split(' '));
  return {
    // An API key of the same name is somebody else.
    name: `jwt:${loggable(name)}`,
    scopes: everyScope.filter((known) => granted.has(known)),
    practices,
  };
}

/** Short and plain enough for a log line; a name that had to be changed ends in a digest, so that no two become one. */
function loggable(name: string): string {
  const plain = name.replace(unsafeInName, '_').slice(0, longestName);
  if (plain === name) return name;
  return `${plain}~${createHash('sha256').update(name).digest('hex').slice(0, 16)}`;
}

const isText = (claim: unknown): claim is string => typeof claim === 'string' && claim !== '';
