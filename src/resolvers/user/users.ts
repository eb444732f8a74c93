import type { GraphQLResolveInfo } from 'graphql';
import type { GraphContext } from '../../context.ts';
import type * as domain from '../../datasources/domain/index.ts';
import { comparePeople } from '../../datasources/domain/order.ts';
import { isPmsId } from '../../datasources/practice/practice.ts';
import { NotFound } from '../../errors.ts';
import { InputCheck } from '../check-input.ts';
import { type UserKey, userCursor } from '../cursor.ts';
import type { DayAway, Nodes, Page, PracticeEntity, ProviderNumber, Session, User } from '../entities.ts';
import { readPmsId } from '../global-id.ts';
import { pageLimits } from '../limits.ts';
import { pageOf } from '../page.ts';
import { selectionOf } from '../selection.ts';
import { wantedBook } from './user-book.ts';

interface UsersArgs {
  readonly role?: domain.UserRole | null | undefined;
  readonly active?: boolean | null | undefined;
  readonly takesAppointments?: boolean | null | undefined;
  readonly first?: number | null | undefined;
  readonly after?: string | null | undefined;
}

/** `Practice.users`. If their appointments are selected, they are read in the same call. */
export async function usersOfPractice(
  { practice }: PracticeEntity,
  args: UsersArgs,
  _context: GraphContext,
  info: GraphQLResolveInfo,
): Promise<Page<User>> {
  const check = new InputCheck();
  const first = check.first(args.first, pageLimits.users);
  const after = check.after(args.after, userCursor.decode);
  check.done();
  const book = wantedBook(info);
  const found = await practice.data.users({
    ...(args.role ? { role: args.role } : {}),
    ...(typeof args.active === 'boolean' ? { active: args.active } : {}),
    ...(typeof args.takesAppointments === 'boolean' ? { takesAppointments: args.takesAppointments } : {}),
    ...(book ? { appointments: book.query } : {}),
    fields: selectionOf(info),
  });
  book?.prime(practice, found);
  return pageOf(following(found.users, after), {
    first,
    continued: after !== undefined,
    nodeOf: (data): User => ({ kind: 'User', practice, data }),
    cursorOf: userCursor.encode,
  });
}

/** `Practice.user` */
export async function userOfPractice(
  { practice }: PracticeEntity,
  args: { pmsId: string },
  _context: GraphContext,
  info: GraphQLResolveInfo,
): Promise<User> {
  const check = new InputCheck();
  const id = readPmsId(check, ['pmsId'], args.pmsId, 'User', practice);
  check.done();
  const book = wantedBook(info);
  const fields = selectionOf(info);
  let data: domain.User | null = null;
  if (isPmsId(id) && book) {
    const found = await practice.usersWithBook.load({ id, fields, book: book.query });
    book.prime(practice, found);
    data = found.user;
  } else if (isPmsId(id)) {
    data = await practice.users.load({ id, fields });
  }
  if (!data) throw new NotFound({ message: 'The practice has no such user.' });
  return { kind: 'User', practice, data };
}

/** `User.displayName`: the recorded title, first and last name. Never empty. */
export function displayNameOf({ title, firstName, lastName }: domain.User): string {
  let name = title ?? '';
  for (const part of [firstName, lastName]) if (part) name = name ? `${name} ${part}` : part;
  return name || 'Name not recorded';
}

/** `User.providerNumbers`: attached by the source, or loaded for all users in one batch. */
export async function providerNumbersOfUser({ practice, data }: User): Promise<ProviderNumber[]> {
  const numbers =
    data.providerNumbers ??
    (await practice.providerNumbersOfUser.load({ ownerId: data.pmsId, question: null }));
  return numbers.map((number) => ({ kind: 'ProviderNumber', practice, data: number }));
}

/** `User.sessions` */
export async function sessionsOfUser({ practice, data }: User): Promise<Nodes<Session>> {
  const sessions = await practice.sessionsOfUser.load({ ownerId: data.pmsId, question: null });
  return { nodes: sessions.map((session) => ({ kind: 'Session', practice, data: session })) };
}

/** `User.daysAway` */
export async function daysAwayOfUser(
  { practice, data }: User,
  args: { from: string; to: string },
): Promise<Nodes<DayAway>> {
  const check = new InputCheck();
  const range = check.days(args);
  check.done();
  const days = await practice.daysAwayOfUser.load({ ownerId: data.pmsId, question: range });
  return { nodes: days.map((day) => ({ kind: 'DayAway', practice, data: day })) };
}

/** The users after a cursor. If its user is gone, the cursor's sort key decides. */
function following(users: readonly domain.User[], after: UserKey | undefined): readonly domain.User[] {
  if (!after) return users;
  const index = users.findIndex((user) => user.pmsId === after.pmsId);
  return index >= 0 ? users.slice(index + 1) : users.filter((user) => comparePeople(user, after) > 0);
}
