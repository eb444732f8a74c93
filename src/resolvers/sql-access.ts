import type { GraphContext } from '../context.ts';
import { AccessDenied } from '../errors.ts';

/** SQL is SQL: reads and writes are not told apart, and one scope stands for all of it. */
const scope = 'sql:run';

/** Throws AccessDenied when the caller may not use SQL Passthrough. Every field of it asks first. */
export function requireSql({ caller }: GraphContext): void {
  if (caller.scopes.includes(scope)) return;
  throw new AccessDenied('SCOPE_MISSING', {
    message: `SQL needs the scope ${scope}, which your credential does not have.`,
  });
}
