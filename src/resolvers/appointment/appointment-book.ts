import type { GraphQLResolveInfo } from 'graphql';
import type { GraphContext } from '../../context.ts';
import { mergeSelections } from '../../datasources/domain/merge-selections.ts';
import type { Selection } from '../../datasources/domain/selection.ts';
import { appointmentAccesses } from '../../datasources/practice/audit/patient-accesses.ts';
import type { Practice } from '../../datasources/practice/practice.ts';
import type { BookChange, BookChanged, BookEvent, BookGap, BookSnapshot } from '../../live/book-events.ts';
import type { BookRange } from '../../live/book-row.ts';
import { daysBetween } from '../../time/local.ts';
import { InputCheck } from '../check-input.ts';
import type { Appointment, User } from '../entities.ts';
import { FailedEvent } from '../failed-source.ts';
import { readPmsId } from '../global-id.ts';
import { maxBookDays } from '../limits.ts';
import { linkedUser } from '../links.ts';
import { findPractice } from '../practice/practices.ts';
import { selectionOf } from '../selection.ts';

export interface BookArgs {
  readonly from: string;
  readonly to?: string | null | undefined;
  readonly userIds?: readonly string[] | null | undefined;
  readonly after?: string | null | undefined;
}

export interface AppointmentBookArgs extends BookArgs {
  readonly bpSiteId: string;
}

interface OfPractice<Data> {
  readonly practice: Practice;
  readonly data: Data;
}
export type AppointmentBookSnapshot = OfPractice<BookSnapshot>;
export type AppointmentBookChanged = OfPractice<BookChanged>;
export type AppointmentBookGap = OfPractice<BookGap>;
export type AppointmentChange = OfPractice<BookChange>;
export type AppointmentBookEvent = AppointmentBookSnapshot | AppointmentBookChanged | AppointmentBookGap;

/** `Subscription.appointmentBook`: the events. Throws as `Practice.appointments` does, and NotFound. */
export async function watchAppointmentBook(
  args: AppointmentBookArgs,
  context: GraphContext,
  info: GraphQLResolveInfo,
): Promise<AsyncIterable<BookEvent>> {
  const { practice } = await findPractice(args.bpSiteId, ['bpSiteId'], context);
  const check = new InputCheck();
  const range = bookRange(check, args);
  const userIds = bookUsers(check, args, practice);
  check.done();
  const { pms, bpSiteId } = practice.connection;
  const { simulatedFault } = context;
  const fields = appointmentFields(info);
  return context.live.subscribe({ pms, bpSiteId, simulatedFault }, range, {
    fields,
    userIds,
    after: args.after ?? null,
  });
}

/** `Subscription.appointmentBook`: one event, as one caller may read it. Patients that it shows go on record. */
export async function appointmentBookEvent(
  event: BookEvent | FailedEvent,
  { bpSiteId }: AppointmentBookArgs,
  context: GraphContext,
  info: GraphQLResolveInfo,
): Promise<AppointmentBookEvent> {
  if (event instanceof FailedEvent || event.kind === 'failed') throw event.error;
  const { practice } = await findPractice(bpSiteId, ['bpSiteId'], context);
  if (event.kind === 'gap') return { practice, data: event };
  const shown =
    event.kind === 'snapshot' ? event.appointments : event.changes.map(({ appointment }) => appointment);
  const query = { fields: appointmentFields(info), from: '', to: '' };
  for (const access of appointmentAccesses(query, shown)) context.audit.read(practice.connection, access);
  return { practice, data: event } as AppointmentBookEvent;
}

/** The fields of appointments that are read, in a snapshot or a change. */
function appointmentFields(info: GraphQLResolveInfo): Selection {
  const { appointments = {}, changes = {} } = selectionOf(info);
  return mergeSelections([appointments, changes.appointment ?? {}]);
}

export function bookRange(check: InputCheck, args: BookArgs): BookRange {
  const range = check.days(args);
  const { from, to } = range;
  if (from !== '' && to !== '' && to >= from && daysBetween(from, to) >= maxBookDays) {
    check.reject(['to'], `A subscription covers at most ${maxBookDays} days.`);
  }
  return range;
}

/** Null: all users. */
export function bookUsers(
  check: InputCheck,
  { userIds }: BookArgs,
  practice: Practice,
): readonly string[] | null {
  if (!userIds?.length) return null;
  return userIds.map((id, index) => readPmsId(check, ['userIds', String(index)], id, 'User', practice));
}

/** `AppointmentBookSnapshot.appointments` */
export const appointmentsOfSnapshot = ({ practice, data }: AppointmentBookSnapshot): Appointment[] =>
  data.appointments.map((each) => ({ kind: 'Appointment', practice, data: each }));

/** `AppointmentBookChanged.changes` */
export const changesOfEvent = ({ practice, data }: AppointmentBookChanged): AppointmentChange[] =>
  changesAt(practice, data.changes);

export const changesAt = (practice: Practice, changes: readonly BookChange[]): AppointmentChange[] =>
  changes.map((each) => ({ practice, data: each }));

/** `AppointmentChange.appointment` */
export const changedAppointment = ({ practice, data }: AppointmentChange): Appointment => ({
  kind: 'Appointment',
  practice,
  data: data.appointment,
});

/** `AppointmentChange.previousUser` */
export const previousUser = (
  { practice, data }: AppointmentChange,
  _args: object,
  _context: GraphContext,
  info: GraphQLResolveInfo,
): User | null | Promise<User | null> => linkedUser(practice, data.previousUserId, info);
