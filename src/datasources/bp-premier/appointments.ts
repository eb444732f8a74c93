import { epochMs, localInstant, wallDate } from '../../time/local.ts';
import type { LocalDate } from '../../time/types.ts';
import type { Appointment, AppointmentQuery } from '../domain/appointment.ts';
import { maxMatching } from '../domain/practice-size.ts';
import type { Sized } from '../domain/sized.ts';
import { UnreadableRows } from '../domain/unreadable-rows.ts';
import { maxPages } from '../halo-cloud/fhir/fhir-calls.ts';
import type { FhirParameters, FhirResource, PracticeConnection } from '../halo-cloud/practice-connection.ts';
import { actorsOf, type UserActors, usersOfRoles } from './appointment-actors.ts';
import { wanted, wordsFor } from './appointment-status.ts';
import { windowOf } from './appointment-window.ts';
import type { Places, Site } from './places.ts';
import { readAppointment } from './read-appointment.ts';
import { text } from './read-element.ts';
import {
  idChunks,
  idOf,
  listed,
  malformed,
  pageSize,
  referenceList,
  search,
  searchesFor,
} from './references.ts';
import { elementsFor } from './requested-elements.ts';

// Rests on assumption F2.

/**
 * The appointments of a query, without their patients and users. Sends one Appointment search (F2) and one Location search, and
 * where appointments name PractitionerRoles, one for the roles (P5).
 * The Location search comes first when a range of dates needs its zones. Every filter is applied again to the result. Status
 * and location are sent only if the CapabilityStatement lists them.
 */
export async function findAppointments(site: Site, query: AppointmentQuery): Promise<readonly Appointment[]> {
  if (query.statuses?.length === 0) return [];
  const isDated = query.from !== undefined || query.to !== undefined;
  const dates = isDated ? dateParameters(query, await site.places()) : [];
  const users = query.userIds && (await actorsOf(site.connection, query.userIds));
  const searches = await parametersFor(site, { ...query, users }, dates);
  if (searches.length === 0) return [];
  const [places, ...pages] = await Promise.all([
    site.places(),
    ...searches.map((parameters) => search(site.connection, 'Appointment', parameters)),
  ]);
  const wantedOnes = pages.flat().filter((resource) => wanted(text(resource.status), query.statuses));
  const userOfRole = await usersOfRoles(site.connection, wantedOnes, users?.userOfRole ?? new Map());
  const read = readAll(site.connection, wantedOnes, (resource) =>
    readAppointment(resource, places, userOfRole),
  );
  return windowOf(
    read.filter((appointment) => matches(appointment, query)),
    query,
  );
}

/** The pages of 500 for all matches, returned or not. Each of several searches may have a last page that is not full. */
export function appointmentPages(query: Sized<AppointmentQuery>): number {
  const searches = searchesFor(query.ids) * searchesFor(query.userIds) * searchesFor(query.patientIds);
  if (query.ids) return searches;
  return Math.min(Math.ceil(maxMatching(query) / pageSize) + searches - 1, searches * maxPages);
}

/** Each appointment once. In R4 some need no time. These are left out, however many there are. */
function readAll(
  connection: PracticeConnection,
  resources: readonly FhirResource[],
  read: (resource: FhirResource) => Appointment,
): readonly Appointment[] {
  const unreadable = new UnreadableRows();
  const found = new Map<string, Appointment>();
  for (const resource of resources) {
    const name = { table: 'Appointment', id: resource.id };
    if (needsNoTime(resource)) unreadable.addPart(name, malformed('Appointment', 'start'));
    else unreadable.row(name, () => found.set(idOf(resource), read(resource)));
  }
  unreadable.report(connection, resources.length);
  return [...found.values()];
}

function needsNoTime({ start, status }: FhirResource): boolean {
  return (start ?? null) === null && ['proposed', 'cancelled', 'waitlist'].includes(String(status));
}

/**
 * The days as instants with an offset, so that every server reads them alike. With several zones this is the widest range.
 * Appointments outside of the days at their own location are dropped afterwards.
 */
function dateParameters({ from, to, locationId }: AppointmentQuery, places: Places): FhirParameters {
  const zones = locationId === undefined ? places.zones() : [places.zoneAt(locationId)];
  const at = (date: LocalDate, seconds: number) =>
    zones.map((zone) => localInstant(date, seconds, zone)).toSorted((a, b) => epochMs(a) - epochMs(b));
  return [
    ...(from === undefined ? [] : [['date', `ge${at(from, 0)[0]}`] as const]),
    ...(to === undefined ? [] : [['date', `le${at(to, lastSecond).at(-1)}`] as const]),
  ];
}

const lastSecond = 86_399;

/** Usually one search. Several when a list of ids is too long for a request. None when a list has no possible id. */
async function parametersFor(
  site: Site,
  { users, ...query }: AppointmentQuery & { readonly users: UserActors | undefined },
  dates: FhirParameters,
): Promise<readonly FhirParameters[]> {
  const { connection } = site;
  const fixed: FhirParameters[number][] = [...dates];
  if (query.locationId !== undefined && (await listed(connection, 'Appointment', 'location'))) {
    const [ids = []] = idChunks([query.locationId]);
    if (ids.length === 0) return [];
    fixed.push(['location', referenceList('Location', ids)]);
  }
  const words = wordsFor(query.statuses);
  if (words !== null && (await listed(connection, 'Appointment', 'status'))) {
    fixed.push(['status', words.join(',')]);
  }
  fixed.push(...(await elementsFor(connection, 'Appointment', query.fields)));
  const lists: [string, readonly string[] | undefined, (ids: readonly string[]) => string][] = [
    ['_id', query.ids, (ids) => ids.join(',')],
    [users?.parameter ?? 'practitioner', users && query.userIds, (ids) => users?.listOf(ids) ?? ''],
    ['patient', query.patientIds, (ids) => referenceList('Patient', ids)],
  ];
  return lists.reduce<readonly FhirParameters[]>(
    (searches, [name, ids, listOf]) =>
      ids === undefined
        ? searches
        : searches.flatMap((parameters) =>
            idChunks(ids).map((chunk): FhirParameters => [...parameters, [name, listOf(chunk)]]),
          ),
    [fixed],
  );
}

function matches(appointment: Appointment, query: AppointmentQuery): boolean {
  const date = wallDate(appointment.start);
  const within = (ids: readonly string[] | undefined, id: string | null) =>
    ids === undefined || (id !== null && ids.includes(id));
  return (
    (query.from === undefined || date >= query.from) &&
    (query.to === undefined || date <= query.to) &&
    (query.locationId === undefined || appointment.locationId === query.locationId) &&
    within(query.ids, appointment.pmsId) &&
    within(query.userIds, appointment.userId) &&
    within(query.patientIds, appointment.patientId)
  );
}
