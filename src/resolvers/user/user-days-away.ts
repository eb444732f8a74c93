import type { GraphQLResolveInfo } from 'graphql';
import type { GraphContext } from '../../context.ts';
import type * as domain from '../../datasources/domain/index.ts';
import type { Practice } from '../../datasources/practice/practice.ts';
import { NotFound } from '../../errors.ts';
import type { Outcome } from '../../store/idempotency.ts';
import { asInput, InputCheck } from '../check-input.ts';
import { allDays, type DaysInput, readDays, sameDays } from '../clinic/days-input.ts';
import type { DayAway } from '../entities.ts';
import { readPmsId } from '../global-id.ts';
import { practiceOfInput } from '../practice/practices.ts';
import { selectionOf } from '../selection.ts';
import { createOnce, keyOf } from '../writes/create-once.ts';
import { lookAt, sendIdempotent, sendOnce } from '../writes/outcome.ts';
import { type Readable, readBack, readInTime } from '../writes/read-back.ts';
import { existingUser, type UserPayload, userAfter, userIdOfInput } from './user-payload.ts';

export interface AddUserDaysAwayInput extends DaysInput {
  readonly bpSiteId: string;
  readonly userId: string;
  readonly idempotencyKey?: string | null | undefined;
}

export interface RemoveUserDaysAwayInput {
  readonly bpSiteId: string;
  readonly userId: string;
  readonly dayAwayId: string;
}

export interface DayAwayPayload extends UserPayload {
  readonly dayAway: DayAway;
}

export interface RemovedDayAwayPayload extends UserPayload {
  readonly removed: DayAway;
}

/** `Mutation.addUserDaysAway` */
export async function addUserDaysAway(
  _root: unknown,
  { input }: { readonly input: AddUserDaysAwayInput },
  context: GraphContext,
  info: GraphQLResolveInfo,
): Promise<DayAwayPayload> {
  const practice = await practiceOfInput(input, context);
  const check = new InputCheck();
  const userId = userIdOfInput(check, input, practice);
  const days = readDays(check, input);
  const idempotencyKey = keyOf(check, input);
  check.done();
  await createOnce(context, practice, {
    mutation: 'addUserDaysAway',
    idempotencyKey,
    input: { userId, ...days },
    make: () => add(context, practice, userId, days),
    find: () => findAdded(context, practice, userId, days),
  });
  const fields = selectionOf(info).user ?? {};
  const [data, user] = await Promise.all([
    readBack(context, practice, (at) => absence(at, userId, days), idempotencyKey),
    userAfter(context, practice, userId, fields, idempotencyKey),
  ]);
  return { dayAway: { kind: 'DayAway', practice, data }, user };
}

async function add(
  context: GraphContext,
  practice: Practice,
  userId: string,
  days: domain.DateRange & { readonly reason: string | null },
): Promise<Outcome> {
  const [, known] = await Promise.all([
    existingUser(practice, userId),
    practice.data.daysAway({ userIds: [userId], from: days.from, to: days.to }),
  ]);
  const check = new InputCheck();
  if (known.length > 0) check.reject(['input', 'from'], 'The user is already away on some of these days.');
  check.done();
  return sendOnce(
    async () => {
      await asInput(practice.writes.addDayAway({ userId, ...days }));
      return made;
    },
    async () => {
      const found = await findAdded(context, practice, userId, days);
      return found ? { written: found } : 'UNCHANGED';
    },
  );
}

/** Absences of one user never overlap, so their dates identify them. */
const made: Outcome = { id: 'made' };

const findAdded = (context: GraphContext, practice: Practice, userId: string, days: domain.DateRange) =>
  readInTime(context, practice, async (at) => ((await absence(at, userId, days)) ? made : null));

async function absence(
  { data }: Readable,
  userId: string,
  days: domain.DateRange,
): Promise<domain.DayAway | null> {
  const known = await data.daysAway({ userIds: [userId], from: days.from, to: days.to });
  return known.find((each) => sameDays(each, days)) ?? null;
}

/** `Mutation.removeUserDaysAway` */
export async function removeUserDaysAway(
  _root: unknown,
  { input }: { readonly input: RemoveUserDaysAwayInput },
  context: GraphContext,
  info: GraphQLResolveInfo,
): Promise<RemovedDayAwayPayload> {
  const practice = await practiceOfInput(input, context);
  const check = new InputCheck();
  const userId = userIdOfInput(check, input, practice);
  const dayAwayId = readPmsId(check, ['input', 'dayAwayId'], input.dayAwayId, 'DayAway', practice);
  check.done();
  const [, known] = await Promise.all([
    existingUser(practice, userId),
    practice.data.daysAway({ userIds: [userId], ...allDays }),
  ]);
  const away = known.find(({ pmsId }) => pmsId === dayAwayId);
  if (!away) throw new NotFound({ message: 'The user has no such absence.' });
  const { from, to } = away;
  await sendIdempotent(
    () => practice.writes.removeDayAway({ userId, from, to }),
    () =>
      readInTime(context, practice, async (at) => {
        const isGone = (await absence(at, userId, away)) === null;
        return lookAt(isGone, !isGone);
      }),
  );
  const user = await userAfter(context, practice, userId, selectionOf(info).user ?? {});
  return { user, removed: { kind: 'DayAway', practice, data: away } };
}
