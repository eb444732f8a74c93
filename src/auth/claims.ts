import type { JWTPayload } from 'jose';
import { z } from 'zod';
import { everyScope } from '../scopes.ts';
import type { Caller } from './caller.ts';
import { callerName, loggable } from './caller-name.ts';
import { practiceList } from './practice-list.ts';
import { Unauthenticated } from './unauthenticated.ts';

const claimsSchema = z.object({
  scope: z.string().default(''),
  practices: z
    .literal('*')
    .transform(() => 'all' as const)
    .or(practiceList)
    .default([]),
});

/**
 * Returns the caller of a verified token. `scope` is a string of scopes separated by blanks; unknown scopes belong to other
 * services and are ignored. `practices` is a list of Bp Site IDs, `"*"` or `["*"]`. A missing claim grants nothing. Throws
 * Unauthenticated for a claim of another form, because its meaning cannot be guessed.
 */
export function callerOf(payload: JWTPayload): Caller {
  const client = [payload.client_id, payload.azp].find(isText);
  const subject = isText(payload.sub) ? payload.sub : undefined;
  const name =
    client === undefined ? subject && callerName('subject', subject) : callerName('client', client);
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
    name,
    ...(subject !== undefined && { subject: loggable(subject) }),
    scopes: everyScope.filter((known) => granted.has(known)),
    practices,
  };
}

const isText = (claim: unknown): claim is string => typeof claim === 'string' && claim !== '';
