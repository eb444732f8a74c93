import { wallDate } from '../../time/local.ts';
import type { FhirParameters, FhirResource } from '../practice-connection.ts';
import type { Appointment, AppointmentQuery } from '../practice-data.ts';
import { wanted, wordsFor } from './appointment-status.ts';
import { windowOf } from './appointment-window.ts';
import type { Site } from './places.ts';
import { readAppointment } from './read-appointment.ts';
import { text } from './read-element.ts';
import { idChunks, idOf, listed, readResources, search } from './references.ts';
import { elementsFor } from './requested-elements.ts';

/**
 * The appointments of a query, without their patients and users: one Appointment search (F2) beside the Location search.
 * Every filter is applied again to what came back; status and location are sent only where the CapabilityStatement lists them.
 */
export async function findAppointments(site: Site, query: AppointmentQuery): Promise<readonly Appointment[]> {
  const searches = await searchesFor(site, query);
  if (searches.length === 0 || query.statuses?.length === 0) return [];
  const [places, ...pages] = await Promise.all([
    site.places(),
    ...searches.map((parameters) => search(site.connection, 'Appointment', parameters)),
  ]);
  const found = new Map<string, FhirResource>();
  for (const resource of pages.flat()) found.set(idOf(resource), resource);
  const candidates = [...found.values()].filter((resource) => wanted(text(resource.status), query.statuses));
  const appointments = readResources(site.connection, candidates, (each) => readAppointment(each, places));
  return windowOf(
    appointments.filter((appointment) => matches(appointment, query)),
    query,
  );
}

/** Usually one; several when a list of ids is longer than a request takes; none when a list names nobody. */
async function searchesFor(site: Site, query: AppointmentQuery): Promise<readonly FhirParameters[]> {
  const { connection } = site;
  const fixed: FhirParameters[number][] = [];
  if (query.from !== undefined) fixed.push(['date', `ge${query.from}`]);
  if (query.to !== undefined) fixed.push(['date', `le${query.to}`]);
  if (query.locationId !== undefined && (await listed(connection, 'Appointment', 'location'))) {
    const [[locationId] = []] = idChunks([query.locationId]);
    if (locationId === undefined) return [];
    fixed.push(['location', locationId]);
  }
  const words = wordsFor(query.statuses);
  if (words !== null && (await listed(connection, 'Appointment', 'status'))) {
    fixed.push(['status', words.join(',')]);
  }
  fixed.push(...(await elementsFor(connection, 'Appointment', query.fields)));
  const lists: [string, readonly string[] | undefined][] = [
    ['_id', query.ids],
    ['practitioner', query.userIds],
    ['patient', query.patientIds],
  ];
  return lists.reduce<readonly FhirParameters[]>(
    (searches, [name, ids]) =>
      ids === undefined
        ? searches
        : searches.flatMap((parameters) =>
            idChunks(ids).map((chunk): FhirParameters => [...parameters, [name, chunk.join(',')]]),
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
