import type { GraphContext } from '../../context.ts';
import type * as domain from '../../datasources/domain/index.ts';
import { isPmsId, type Practice } from '../../datasources/practice/practice.ts';
import { NotFound } from '../../errors.ts';
import type { InputCheck } from '../check-input.ts';
import type { User } from '../entities.ts';
import { readPmsId } from '../global-id.ts';
import { type Readable, readBack } from '../writes/read-back.ts';

export interface UserPayload {
  readonly user: User;
}

/** The user as recorded now. Null if there is none with this id. */
export async function userNow(
  practice: Readable,
  id: string,
  fields: domain.Selection,
): Promise<domain.User | null> {
  const { users } = await practice.data.users({ ids: [id], fields });
  return users[0] ?? null;
}

/** The user after a change. Throws as `readBack`. */
export async function userAfter(
  context: GraphContext,
  practice: Practice,
  id: string,
  fields: domain.Selection,
  idempotencyKey: string | null = null,
): Promise<User> {
  const data = await readBack(context, practice, (at) => userNow(at, id, fields), idempotencyKey);
  return { kind: 'User', practice, data };
}

/** The PMS id of the user in a mutation's input. Does not check that the user exists. */
export function userIdOfInput(
  check: InputCheck,
  { userId }: { readonly userId: string },
  practice: Practice,
): string {
  return readPmsId(check, ['input', 'userId'], userId, 'User', practice);
}

/** Throws NotFound. */
export async function existingUser(
  practice: Practice,
  id: string,
  fields: domain.Selection = {},
): Promise<domain.User> {
  const found = isPmsId(id) ? await userNow(practice, id, fields) : null;
  if (!found) throw new NotFound({ message: 'The practice has no such user.' });
  return found;
}
