import { InvalidInput, OperationNotSupported, ResultTooLarge } from '../../errors.ts';
import { patientOrder } from '../domain/order.ts';
import type { Patient, PatientQuery } from '../domain/patient.ts';
import type { Selection } from '../domain/selection.ts';
import type { Sized } from '../domain/sized.ts';
import { PageBudget } from '../halo-cloud/page-budget.ts';
import type { FhirParameters, FhirResource, PracticeConnection } from '../halo-cloud/practice-connection.ts';
import type { UpperBound } from '../practice/source-adapter.ts';
import { todayOf } from './current-entry.ts';
import { criteriaOf, searchesFor as searchesForCriteria } from './patient-search.ts';
import { readPatient } from './read-patient.ts';
import {
  idOf,
  pageSize,
  readResources,
  search,
  searchByIds,
  searchesFor,
  searchParametersOf,
} from './references.ts';
import { elementsFor } from './requested-elements.ts';

/** A search with more matches is refused. */
const maxMatches = 2_000;
/** The pages of all FHIR searches that one patient search sends. */
const maxSearchPages = maxMatches / pageSize;
const tooManyMatch = 'Too many patients match. Enter more details.';

/**
 * Patients by id, by search, or both. A search parameter that the CapabilityStatement does not list is not sent (F7). Every
 * returned patient is checked against the whole search, because a lenient server may return other patients.
 */
export async function findPatients(
  connection: PracticeConnection,
  query: PatientQuery,
): Promise<readonly Patient[]> {
  const criteria = query.search === undefined && query.ids ? [] : criteriaOf(query.search ?? {});
  if (criteria === null) return [];
  const also = await elementsFor(connection, 'Patient', fieldsToRead(query, criteria));
  const lists = await searchParametersOf(connection, 'Patient');
  const found = await fetchMatches(connection, query.ids, searchesForCriteria(criteria, lists), also);
  const today = todayOf(connection);
  const unsorted = readResources(connection, found, (resource) => ({
    resource,
    patient: readPatient(resource, today),
  }))
    .filter(({ resource, patient }) => criteria.every(({ check }) => check(patient, resource, today)))
    .map(({ patient }) => patient);
  const order = patientOrder(query, unsorted);
  const matches = unsorted.toSorted(order);
  if (query.ids === undefined && matches.length > maxMatches) {
    throw new ResultTooLarge({ message: tooManyMatch });
  }
  const rest =
    query.afterId === undefined ? matches : await continueAfter(connection, query.afterId, matches, order);
  return rest.slice(0, query.limit);
}

/** A search without ids reads all pages, because it sorts the matches. One more call when the last patient no longer matches. */
export function patientsBound({ ids, afterId }: Sized<PatientQuery>): UpperBound {
  const pages = ids ? searchesFor(ids) : maxSearchPages;
  return { calls: pages + (afterId === undefined ? 0 : 1) };
}

/** Patients by id. An unknown id is not in the map. */
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
  searches: readonly FhirParameters[],
  also: FhirParameters,
): Promise<readonly FhirResource[]> {
  if (ids !== undefined) {
    // The ids are one search. Criteria that need several searches are only checked afterwards.
    const [only = []] = searches.length === 1 ? searches : [];
    return [...(await searchByIds(connection, 'Patient', ids, [...only, ...also])).values()];
  }
  if (searches.length === 0) {
    throw new OperationNotSupported(
      { operation: 'READ_PATIENTS', pms: connection.pms },
      {
        message:
          "This practice's server does not support a search by these details. Search by other details.",
      },
    );
  }
  const found = new Map<string, FhirResource>();
  const budget = new PageBudget(maxSearchPages, tooManyMatch);
  const answers = await Promise.all(
    searches.map((parameters) => search(connection, 'Patient', [...parameters, ...also], undefined, budget)),
  );
  for (const resource of answers.flat()) found.set(idOf(resource), resource);
  return [...found.values()];
}

/** The patients after the patient with that id. When that patient no longer matches, it is loaded to find its place. */
async function continueAfter(
  connection: PracticeConnection,
  afterId: string,
  sorted: readonly Patient[],
  order: (a: Patient, b: Patient) => number,
): Promise<readonly Patient[]> {
  const known = sorted.find((patient) => patient.pmsId === afterId);
  const last = known ?? (await patientsById(connection, [afterId], {})).get(afterId);
  if (last === undefined) {
    throw new InvalidInput([
      {
        path: ['after'],
        message: 'The list has changed. Load it again from the start.',
      },
    ]);
  }
  return sorted.filter((patient) => order(patient, last) > 0);
}

function fieldsToRead(query: PatientQuery, criteria: readonly { readonly reads: string }[]): Selection {
  return { ...query.fields, ...Object.fromEntries(criteria.map(({ reads }) => [reads, {}])) };
}
