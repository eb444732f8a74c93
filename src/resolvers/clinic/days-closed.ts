import type { GraphContext } from '../../context.ts';
import type * as domain from '../../datasources/domain/index.ts';
import type { Practice } from '../../datasources/practice/practice.ts';
import { NotFound } from '../../errors.ts';
import type { Outcome } from '../../store/idempotency.ts';
import { asInput, InputCheck } from '../check-input.ts';
import type { DayClosed, PracticeEntity } from '../entities.ts';
import { readPmsId } from '../global-id.ts';
import { practiceOfInput } from '../practice/practices.ts';
import { createOnce, keyOf } from '../writes/create-once.ts';
import { lookAt, sendIdempotent, sendOnce } from '../writes/outcome.ts';
import { type Readable, readBack, readInTime } from '../writes/read-back.ts';
import { allDays, type DaysInput, readDays, sameDays } from './days-input.ts';

export interface AddDaysClosedInput extends DaysInput {
  readonly bpSiteId: string;
  readonly idempotencyKey?: string | null | undefined;
}

export interface RemoveDaysClosedInput {
  readonly bpSiteId: string;
  readonly dayClosedId: string;
}

export interface PracticePayload {
  readonly practice: PracticeEntity;
}

export interface DayClosedPayload extends PracticePayload {
  readonly dayClosed: DayClosed;
}

export interface RemovedDayClosedPayload extends PracticePayload {
  readonly removed: DayClosed;
}

/** `Mutation.addDaysClosed` */
export async function addDaysClosed(
  _root: unknown,
  { input }: { readonly input: AddDaysClosedInput },
  context: GraphContext,
): Promise<DayClosedPayload> {
  const practice = await practiceOfInput(input, context);
  const check = new InputCheck();
  const days = readDays(check, input);
  const idempotencyKey = keyOf(check, input);
  check.done();
  await createOnce(context, practice, {
    mutation: 'addDaysClosed',
    idempotencyKey,
    input: days,
    make: () => add(context, practice, days),
    find: () => findAdded(context, practice, days),
  });
  const data = await readBack(context, practice, (at) => closedOn(at, days), idempotencyKey);
  return { dayClosed: { kind: 'DayClosed', practice, data }, practice: { kind: 'Practice', practice } };
}

async function add(
  context: GraphContext,
  practice: Practice,
  days: domain.DateRange & { readonly reason: string | null },
): Promise<Outcome> {
  const { from, to } = days;
  const known = await practice.data.daysClosed({ from, to });
  const check = new InputCheck();
  if (known.length > 0)
    check.reject(['input', 'from'], 'The practice is already closed on some of these days.');
  check.done();
  return sendOnce(
    async () => {
      await asInput(practice.writes.addDayClosed(days));
      return made;
    },
    async () => {
      const found = await findAdded(context, practice, days);
      return found ? { written: found } : 'UNCHANGED';
    },
  );
}

/** Days closed never overlap, so their dates identify them. */
const made: Outcome = { id: 'made' };

const findAdded = (context: GraphContext, practice: Practice, days: domain.DateRange) =>
  readInTime(context, practice, async (at) => ((await closedOn(at, days)) ? made : null));

async function closedOn({ data }: Readable, days: domain.DateRange): Promise<domain.DayClosed | null> {
  const known = await data.daysClosed({ from: days.from, to: days.to });
  return known.find((each) => sameDays(each, days)) ?? null;
}

/** `Mutation.removeDaysClosed` */
export async function removeDaysClosed(
  _root: unknown,
  { input }: { readonly input: RemoveDaysClosedInput },
  context: GraphContext,
): Promise<RemovedDayClosedPayload> {
  const practice = await practiceOfInput(input, context);
  const check = new InputCheck();
  const dayClosedId = readPmsId(check, ['input', 'dayClosedId'], input.dayClosedId, 'DayClosed', practice);
  check.done();
  const known = await practice.data.daysClosed(allDays);
  const closed = known.find(({ pmsId }) => pmsId === dayClosedId);
  if (!closed) throw new NotFound({ message: 'The practice has no such closure.' });
  const { from, to } = closed;
  await sendIdempotent(
    () => practice.writes.removeDayClosed({ from, to }),
    () =>
      readInTime(context, practice, async (at) => {
        const isGone = (await closedOn(at, closed)) === null;
        return lookAt(isGone, !isGone);
      }),
  );
  return {
    practice: { kind: 'Practice', practice },
    removed: { kind: 'DayClosed', practice, data: closed },
  };
}
