import type { GraphQLResolveInfo } from 'graphql';
import type { GraphContext } from '../../context.ts';
import type { Selection } from '../../datasources/domain/selection.ts';
import { appointmentAccesses } from '../../datasources/practice/audit/patient-accesses.ts';
import type { Practice } from '../../datasources/practice/practice.ts';
import { QueryTimedOut } from '../../errors.ts';
import type { StopSignal } from '../../lib/stop.ts';
import { type BookChange, type BookEvent, takeCost } from '../../live/book-events.ts';
import type { BookSubscription } from '../../live/book-subscription.ts';
import { InputCheck } from '../check-input.ts';
import type { PracticeEntity } from '../entities.ts';
import { selectionOf } from '../selection.ts';
import { type BookArgs, bookRange, bookUsers } from './appointment-book.ts';

/** The changes of a book since a cursor. */
export interface AppointmentChanges {
  readonly practice: Practice;
  readonly cursor: string;
  readonly asOf: string;
  /** True: the changes contain the whole book. */
  readonly isSnapshot: boolean;
  readonly complete: boolean;
  readonly changes: readonly BookChange[];
}

/** `Practice.appointmentChanges`: the next event of a subscription that begins and ends with this operation. */
export async function appointmentChangesOfPractice(
  { practice }: PracticeEntity,
  args: BookArgs,
  context: GraphContext,
  info: GraphQLResolveInfo,
): Promise<AppointmentChanges> {
  const check = new InputCheck();
  const range = bookRange(check, args);
  const userIds = bookUsers(check, args, practice);
  check.done();
  const { pms, bpSiteId } = practice.connection;
  const { changes: { appointment: fields = {} } = {} } = selectionOf(info);
  const place = { pms, bpSiteId, simulatedFault: context.simulatedFault };
  const subscription = context.live.subscribe(place, range, {
    fields,
    userIds,
    after: args.after ?? null,
    isPoll: true,
  });
  const event = await nextEvent(subscription, context.signal);
  context.addWork(takeCost(event));
  if (event.kind === 'failed' || event.kind === 'gap') throw event.error;
  const changes = event.kind === 'snapshot' ? event.appointments.map(booked) : event.changes;
  recordReads(changes, fields, practice, context);
  const { cursor, asOf } = event;
  const isSnapshot = event.kind === 'snapshot';
  return { practice, cursor, asOf, isSnapshot, complete: isSnapshot ? event.complete : true, changes };
}

const booked = (appointment: BookChange['appointment']): BookChange => ({
  kind: 'BOOKED',
  appointment,
  previousStart: null,
  previousStatus: null,
  previousUserId: null,
});

function recordReads(
  changes: readonly BookChange[],
  fields: Selection,
  { connection }: Practice,
  { audit }: GraphContext,
): void {
  if (changes.length === 0) return;
  const shown = changes.map(({ appointment }) => appointment);
  for (const access of appointmentAccesses({ fields, from: '', to: '' }, shown))
    audit.read(connection, access);
}

/** Ends the subscription, whatever comes first: its event, or the deadline of the operation. */
async function nextEvent(subscription: BookSubscription, signal: StopSignal): Promise<BookEvent> {
  const end = () => void subscription.return();
  if (signal.aborted) end();
  else signal.addEventListener('abort', end);
  try {
    const { value } = await subscription.next();
    if (!value) throw new QueryTimedOut();
    return value;
  } finally {
    signal.removeEventListener('abort', end);
    end();
  }
}
