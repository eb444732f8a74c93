import type { GraphQLResolveInfo } from 'graphql';
import type { GraphContext } from '../../context.ts';
import type * as domain from '../../datasources/domain/index.ts';
import type { AppointmentFilters } from '../../datasources/practice/loaders/appointments-of.ts';
import { isPmsId, type Practice } from '../../datasources/practice/practice.ts';
import { NotFound } from '../../errors.ts';
import { lruCache } from '../../lib/lru-cache.ts';
import type { Maybe } from '../../lib/maybe.ts';
import { InputCheck } from '../check-input.ts';
import { appointmentCursor } from '../cursor.ts';
import type {
  Appointment,
  AppointmentType,
  Location,
  Nodes,
  Page,
  Patient,
  PracticeEntity,
  User,
} from '../entities.ts';
import { readPmsId } from '../global-id.ts';
import { pageLimits } from '../limits.ts';
import {
  attachedLocation,
  attachedPatient,
  attachedUser,
  linkedLocation,
  linkedPatient,
  linkedUser,
} from '../links.ts';
import { pageOf } from '../page.ts';
import { selectionOf } from '../selection.ts';

interface PageArgs {
  readonly first?: Maybe<number>;
  readonly after?: Maybe<string>;
}

interface RangeArgs extends PageArgs {
  readonly from?: Maybe<string>;
  readonly to?: Maybe<string>;
  readonly status?: Maybe<readonly domain.AppointmentStatus[]>;
}

interface BookArgs extends RangeArgs {
  readonly from: string;
  readonly userId?: Maybe<string>;
  readonly locationId?: Maybe<string>;
}

/** `Practice.appointments` */
export async function appointmentsOfPractice(
  { practice }: PracticeEntity,
  args: BookArgs,
  _context: GraphContext,
  info: GraphQLResolveInfo,
): Promise<Page<Appointment>> {
  const fields = selectionOf(info);
  if (!args.userId && !args.locationId) {
    const { page, query } = wholeBook(args, fields);
    return appointmentPage(practice, await practice.data.appointments(query), page);
  }
  const check = new InputCheck();
  const page = readPage(check, args, check.days(args));
  const userId = args.userId ? readPmsId(check, ['userId'], args.userId, 'User', practice) : undefined;
  const locationId = args.locationId
    ? readPmsId(check, ['locationId'], args.locationId, 'Location', practice)
    : undefined;
  check.done();
  const possible = [userId, locationId].every((id) => id === undefined || isPmsId(id));
  const rows = possible
    ? await practice.data.appointments({
        ...page.filters,
        ...(userId === undefined ? {} : { userIds: [userId] }),
        ...(locationId === undefined ? {} : { locationId }),
        fields,
      })
    : [];
  return appointmentPage(practice, rows, page);
}

interface WholeBook {
  readonly page: PageRequest;
  readonly query: domain.AppointmentQuery;
}

/** By selection and arguments. */
const wholeBooks = lruCache<string, WholeBook>(500);

/** Numbers of the selections in keys. An operation has the same selections each time. */
const selections = new WeakMap<domain.Selection, number>();
let selectionsSeen = 0;

/**
 * The query of a whole book: the same object for every practice of an operation, and for operations with equal arguments, because much
 * that depends on a query is made once for the object. Throws InvalidInput.
 */
function wholeBook(args: BookArgs, fields: domain.Selection): WholeBook {
  // Few operations continue a book.
  if (args.after != null) return readWholeBook(args, fields);
  let selection = selections.get(fields);
  if (selection === undefined) {
    selectionsSeen += 1;
    selection = selectionsSeen;
    selections.set(fields, selection);
  }
  const key = JSON.stringify([selection, args.from, args.to, args.first, args.status]);
  let known = wholeBooks.get(key);
  if (!known) {
    known = readWholeBook(args, fields);
    wholeBooks.set(key, known);
  }
  return known;
}

function readWholeBook(args: BookArgs, fields: domain.Selection): WholeBook {
  const page = readBook(args);
  return { page, query: { ...page.filters, fields } };
}

/** `Patient.appointments`: all appointments of the patient, or those of a range of dates. */
export async function appointmentsOfPatient(
  { practice, data }: Patient,
  args: RangeArgs,
  _context: GraphContext,
  info: GraphQLResolveInfo,
): Promise<Page<Appointment>> {
  const check = new InputCheck();
  const page = readPage(check, args, check.range(args));
  check.done();
  const wanted = { ownerId: data.pmsId, filters: page.filters, fields: selectionOf(info) };
  return appointmentPage(practice, await practice.appointmentsOfPatient.load(wanted), page);
}

/** `User.appointments` */
export async function appointmentsOfUser(
  { practice, data }: User,
  args: RangeArgs & { readonly from: string },
  _context: GraphContext,
  info: GraphQLResolveInfo,
): Promise<Page<Appointment>> {
  const page = readBook(args);
  const wanted = { ownerId: data.pmsId, filters: page.filters, fields: selectionOf(info) };
  return appointmentPage(practice, await practice.appointmentsOfUser.load(wanted), page);
}

/** The range, filters and page that the arguments of a book name. Throws InvalidInput. */
export function readBook(args: RangeArgs & { readonly from: string }): PageRequest {
  const check = new InputCheck();
  const page = readPage(check, args, check.days(args));
  check.done();
  return page;
}

/** `Practice.appointment` */
export async function appointmentOfPractice(
  { practice }: PracticeEntity,
  args: { pmsId: string },
  _context: GraphContext,
  info: GraphQLResolveInfo,
): Promise<Appointment> {
  const check = new InputCheck();
  const id = readPmsId(check, ['pmsId'], args.pmsId, 'Appointment', practice);
  check.done();
  const found = isPmsId(id) ? await practice.appointments.load({ id, fields: selectionOf(info) }) : null;
  if (!found) throw new NotFound({ message: 'The practice has no such appointment.' });
  return { kind: 'Appointment', practice, data: found };
}

/** `Practice.appointmentTypes` */
export async function appointmentTypesOfPractice({
  practice,
}: PracticeEntity): Promise<Nodes<AppointmentType>> {
  const types = await practice.data.appointmentTypes();
  return { nodes: types.map((data) => ({ kind: 'AppointmentType', practice, data })) };
}

type LinkResolver<T> = (
  appointment: Appointment,
  args: object,
  context: GraphContext,
  info: GraphQLResolveInfo,
) => T | null | Promise<T | null>;

/** `Appointment.patient`: attached by the source, else loaded together with the patients of the other rows. */
export const patientOfAppointment: LinkResolver<Patient> = ({ practice, data }, _args, _context, info) =>
  data.patient === undefined
    ? linkedPatient(practice, data.patientId, info)
    : attachedPatient(practice, data.patient, data.patientId);

/** `Appointment.user` */
export const userOfAppointment: LinkResolver<User> = ({ practice, data }, _args, _context, info) =>
  data.user === undefined
    ? linkedUser(practice, data.userId, info)
    : attachedUser(practice, data.user, data.userId);

/** `Appointment.location` */
export const locationOfAppointment: LinkResolver<Location> = ({ practice, data }) =>
  data.location === undefined
    ? linkedLocation(practice, data.locationId)
    : attachedLocation(practice, data.location, data.locationId);

interface PageRequest {
  readonly filters: AppointmentFilters;
  readonly first: number;
  readonly continued: boolean;
}

function readPage(
  check: InputCheck,
  args: RangeArgs,
  range: { readonly from?: string; readonly to?: string },
): PageRequest {
  const first = check.first(args.first, pageLimits.appointments);
  const after = check.after(args.after, appointmentCursor.decode);
  return {
    filters: {
      ...range,
      ...(args.status?.length ? { statuses: args.status } : {}),
      ...(after === undefined ? {} : { after }),
      limit: first + 1,
    },
    first,
    continued: after !== undefined,
  };
}

function appointmentPage(
  practice: Practice,
  rows: readonly domain.Appointment[],
  { first, continued }: PageRequest,
): Page<Appointment> {
  return pageOf(rows, {
    first,
    continued,
    nodeOf: (data): Appointment => ({ kind: 'Appointment', practice, data }),
    cursorOf: appointmentCursor.encode,
  });
}
