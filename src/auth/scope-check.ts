import { AccessDenied } from '../errors.ts';
import type { Scope } from '../scopes.ts';
import type { Caller } from './caller.ts';

export function missingScopes(
  { scopes }: Pick<Caller, 'scopes'>,
  wanted: readonly Scope[],
): readonly Scope[] {
  return wanted.filter((scope) => !scopes.includes(scope));
}

/** The error of a field if the caller lacks a scope. Nothing was requested upstream. */
export function scopesMissing(caller: Pick<Caller, 'scopes'>, wanted: readonly Scope[]): AccessDenied {
  const missing = missingScopes(caller, wanted);
  const named = missing.length === 1 ? `the scope ${missing[0]}` : `the scopes ${missing.join(' and ')}`;
  return new AccessDenied('SCOPE_MISSING', {
    message: `Your credential does not have ${named}.`,
  });
}

/** Throws AccessDenied. For cases that `authScopes` of the schema's fields do not cover. */
export function requireScopes(caller: Pick<Caller, 'scopes'>, wanted: readonly Scope[]): void {
  if (missingScopes(caller, wanted).length > 0) throw scopesMissing(caller, wanted);
}
