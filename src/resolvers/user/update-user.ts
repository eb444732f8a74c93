import { isDeepStrictEqual } from 'node:util';
import type { GraphQLResolveInfo } from 'graphql';
import type { GraphContext } from '../../context.ts';
import type { User } from '../../datasources/domain/user.ts';
import type { UserChange } from '../../datasources/domain/user-writes.ts';
import type { Maybe } from '../../lib/maybe.ts';
import { asInput, InputCheck } from '../check-input.ts';
import { longestEmail } from '../limits.ts';
import { checkPhone, nationalDigits } from '../patient/phone.ts';
import { practiceOfInput } from '../practice/practices.ts';
import { selectionOf } from '../selection.ts';
import { lookAt, sendIdempotent } from '../writes/outcome.ts';
import { readInTime } from '../writes/read-back.ts';
import { existingUser, type UserPayload, userAfter, userIdOfInput, userNow } from './user-payload.ts';

export interface UpdateUserInput {
  readonly bpSiteId: string;
  readonly userId: string;
  readonly email?: Maybe<string>;
  readonly phone?: Maybe<string>;
  readonly takesAppointments?: Maybe<boolean>;
}

/** `Mutation.updateUser`. Nothing is sent if the user has these details already. */
export async function updateUser(
  _root: unknown,
  { input }: { readonly input: UpdateUserInput },
  context: GraphContext,
  info: GraphQLResolveInfo,
): Promise<UserPayload> {
  const practice = await practiceOfInput(input, context);
  const check = new InputCheck();
  const userId = userIdOfInput(check, input, practice);
  const changes = readChanges(check, input);
  if (Object.keys(changes).length === 0) {
    check.reject(
      ['input'],
      'There is nothing to change. Give an email address, a phone number or whether the user takes appointments.',
    );
  }
  check.done();
  const fields = Object.fromEntries(Object.keys(changes).map((field) => [field, {}]));
  const current = await existingUser(practice, userId, fields);
  if (!isUnchanged(current, changes)) {
    await sendIdempotent(
      () => asInput(practice.writes.updateUser({ userId, ...changes })),
      () =>
        readInTime(context, practice, async (at) => {
          const now = await userNow(at, userId, fields);
          return lookAt(now !== null && isUnchanged(now, changes), isDeepStrictEqual(now, current));
        }),
    );
  }
  return { user: await userAfter(context, practice, userId, selectionOf(info).user ?? {}) };
}

function readChanges(
  check: InputCheck,
  { email, phone, takesAppointments }: UpdateUserInput,
): Omit<UserChange, 'userId'> {
  return {
    ...(email === undefined ? {} : { email: check.email(['input', 'email'], email, longestEmail) }),
    ...(phone === undefined ? {} : { phone: checkPhone(check, ['input', 'phone'], phone) }),
    ...(typeof takesAppointments === 'boolean' ? { takesAppointments } : {}),
  };
}

function isUnchanged(user: User, { email, phone, takesAppointments }: Omit<UserChange, 'userId'>): boolean {
  const same = (known: string | null, given: string | null | undefined, plain: (text: string) => string) =>
    given === undefined || plain(known ?? '') === plain(given ?? '');
  return (
    same(user.email, email, (text) => text.trim().toLowerCase()) &&
    same(user.phone, phone, nationalDigits) &&
    (takesAppointments === undefined || user.takesAppointments === takesAppointments)
  );
}
