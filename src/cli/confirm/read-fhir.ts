import { referenceList } from '../../datasources/bp-premier/references.ts';
import type { ConnectedPractice, HaloSession } from '../../datasources/halo-cloud/halo-session.ts';
import { PageBudget } from '../../datasources/halo-cloud/page-budget.ts';
import type {
  FhirCapability,
  FhirParameters,
  FhirResource,
} from '../../datasources/halo-cloud/practice-connection.ts';
import { HaloError } from '../../errors.ts';
import { sampleOf } from './appointment-sample.ts';
import type { Call } from './charged-calls.ts';
import type { Parts } from './line.ts';
import { reasonOf } from './read-sql.ts';
import type { Counts } from './reading.ts';

const maxRoles = 20;

interface FhirSearch {
  readonly part: 'appointments' | 'roles' | 'locations';
  readonly resource: string;
  /** Null: there is nothing to search for. */
  readonly parameters: FhirParameters | null;
  readonly elements: string;
}

/** Three searches of one page each. They request only the compared elements. Other elements in the response are dropped. */
export async function readFhir(
  call: Call,
  connection: (session: HaloSession) => Promise<ConnectedPractice>,
  capability: FhirCapability,
  counts: ReadonlyMap<string, Counts>,
  missing: Map<string, string>,
): Promise<Partial<Parts>> {
  const ids = sampleOf(counts.get('sample of appointments')?.keys() ?? []).map(({ id }) => id);
  const users = [...(counts.get('users')?.keys() ?? [])].map((name) => name.split(' ')[0] ?? '');
  const lists = (resource: string, parameter: string) =>
    capability.resources.get(resource)?.searchParams.has(parameter) ?? false;
  const searches: readonly FhirSearch[] = [
    {
      part: 'appointments',
      resource: 'Appointment',
      parameters: ids.length > 0 && lists('Appointment', '_id') ? [['_id', ids.join(',')]] : null,
      elements: 'id,meta,status,start,participant',
    },
    {
      part: 'roles',
      resource: 'PractitionerRole',
      parameters: lists('PractitionerRole', 'practitioner')
        ? [['practitioner', referenceList('Practitioner', users.slice(0, maxRoles))]]
        : [],
      elements: 'id,active,practitioner,location,availableTime',
    },
    { part: 'locations', resource: 'Location', parameters: [], elements: 'id,hoursOfOperation' },
  ];
  const parts: { -readonly [Part in FhirSearch['part']]?: readonly FhirResource[] } = {};
  for (const { part, resource, parameters, elements } of searches) {
    if (!capability.resources.get(resource)?.interactions.has('search-type')) {
      missing.set(part, `The CapabilityStatement lists no search of ${resource}.`);
      continue;
    }
    if (parameters === null) {
      missing.set(part, 'There is no appointment to compare, or no search by _id.');
      continue;
    }
    const shaped: FhirParameters = [
      ...parameters,
      ...(lists(resource, '_elements') ? [['_elements', elements] as const] : []),
      ['_count', '200'],
    ];
    try {
      const found = await call(1, async (session) =>
        (await connection(session)).fhirSearch(resource, shaped, 'UNSHARED', new PageBudget(1)),
      );
      if (found === null) missing.set(part, 'It would cost more charged calls than confirm may make.');
      else parts[part] = found.filter(({ resourceType }) => resourceType === resource);
    } catch (error) {
      if (!(error instanceof HaloError)) throw error;
      missing.set(part, reasonOf(error));
    }
  }
  return parts;
}
