import { InvalidInput, OperationNotSupported, ResultTooLarge } from '../../errors.ts';
import { comparePeople } from '../order.ts';
import type { FhirParameters, FhirResource, PracticeConnection } from '../practice-connection.ts';
import type { Patient, PatientQuery, Selection } from '../practice-data.ts';
import { todayOf } from './current-entry.ts';
import { criteriaOf, searchParameters } from './patient-search.ts';
import { readPatient } from './read-patient.ts';
import { idOf, listed, readResources, search, searchByIds } from './references.ts';
import { elementsFor } from './requested-elements.ts';

/** More matches than this are not a search. */
const mostMatches = 2_000;

/**
 * Patients by id, by search, or both. A search parameter that the CapabilityStatement does not list is not sent (F7), and
 * every patient that comes back is held against the whole search: a lenient server must not show somebody else.
 */
export async function findPatients(
  connection: PracticeConnection,
  query: PatientQuery,
): Promise<readonly Patient[]> {
  const criteria = query.search === undefined && query.ids ? [] : criteriaOf(query.search ?? {});
  if (criteria === null) return [];
  const also = await elementsFor(connection, 'Patient', fieldsToRead(query, criteria));
  const sendable = await keepAsync(criteria, ({ parameter }) => listed(connection, 'Patient', parameter));
  const found = await fetchMatches(connection, query.ids, [...searchParameters(sendable), ...also]);
  const today = todayOf(connection);
  const matches = readResources(connection, found, (resource) => ({
    resource,
    patient: readPatient(resource, today),
  }))
    .filter(({ resource, patient }) => criteria.every(({ check }) => check(patient, resource, today)))
    .map(({ patient }) => patient)
    .toSorted(comparePeople);
  if (query.ids === undefined && matches.length > mostMatches) {
    throw new ResultTooLarge({ message: 'Too many patients match. Search for something narrower.' });
  }
  const rest =
    query.afterId === undefined ? matches : await continueAfter(connection, query.afterId, matches);
  return rest.slice(0, query.limit);
}

/** Patients by id, keyed. Ids that nobody has are not in it. */
export async function patientsById(
  connection: PracticeConnection,
  ids: readonly string[],
  fields: Selection,
): Promise<ReadonlyMap<string, Patient>> {
  if (ids.length === 0) return new Map();
  const also = await elementsFor(connection, 'Patient', fields);
  const found = await searchByIds(connection, 'Patient', ids, also);
  const today = todayOf(connection);
  return new Map(
    readResources(connection, [...found.values()], (resource) => readPatient(resource, today)).map((each) => [
      each.pmsId,
      each,
    ]),
  );
}

async function fetchMatches(
  connection: PracticeConnection,
  ids: readonly string[] | undefined,
  parameters: FhirParameters,
): Promise<readonly FhirResource[]> {
  if (ids !== undefined) return [...(await searchByIds(connection, 'Patient', ids, parameters)).values()];
  if (parameters.every(([name]) => name === '_elements')) {
    throw new OperationNotSupported(
      { operation: 'READ_PATIENTS', pms: connection.pms },
      { message: "None of these searches is listed in this site's CapabilityStatement." },
    );
  }
  const found = new Map<string, FhirResource>();
  for (const resource of await search(connection, 'Patient', parameters)) found.set(idOf(resource), resource);
  return [...found.values()];
}

/** What stands behind the patient with that id. Whoever no longer matches is looked up, to know the place. */
async function continueAfter(
  connection: PracticeConnection,
  afterId: string,
  sorted: readonly Patient[],
): Promise<readonly Patient[]> {
  const known = sorted.find((patient) => patient.pmsId === afterId);
  const last = known ?? (await patientsById(connection, [afterId], {})).get(afterId);
  if (last === undefined) {
    throw new InvalidInput([
      {
        path: ['after'],
        message: 'The patient that this cursor names is no longer there. Start again without it.',
      },
    ]);
  }
  return sorted.filter((patient) => comparePeople(patient, last) > 0);
}

function fieldsToRead(query: PatientQuery, criteria: readonly { readonly reads: string }[]): Selection {
  return { ...query.fields, ...Object.fromEntries(criteria.map(({ reads }) => [reads, {}])) };
}

async function keepAsync<T>(items: readonly T[], keep: (item: T) => Promise<boolean>): Promise<readonly T[]> {
  const kept = await Promise.all(items.map(keep));
  return items.filter((_, index) => kept[index]);
}
