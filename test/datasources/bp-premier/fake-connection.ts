import type { UnreadableRow } from '../../../src/datasources/domain/unreadable-rows.ts';
import type {
  FhirCapability,
  FhirParameters,
  FhirResource,
  PracticeConnection,
} from '../../../src/datasources/halo-cloud/practice-connection.ts';

interface Call {
  readonly resource: string;
  readonly operation?: string;
  readonly parameters: FhirParameters;
}

/** Created resources, and updated ones by id. */
interface Written {
  readonly resource: string;
  readonly id?: string;
  readonly body: FhirResource;
}

const everyParameter: Readonly<Record<string, readonly string[]>> = {
  Patient: ['_id', 'name', 'birthdate', 'phone', 'email', 'identifier'],
  Practitioner: ['_id', 'name', 'active'],
  PractitionerRole: ['_id', 'practitioner'],
  Location: ['_id'],
  Appointment: ['_id', 'date', 'practitioner', 'patient', 'location', 'status'],
  Slot: [],
};

const interactions: Readonly<Record<string, readonly string[]>> = {
  Appointment: ['read', 'search-type', 'create', 'update'],
  Patient: ['read', 'search-type', 'create', 'update'],
  Practitioner: ['read', 'search-type', 'update'],
  PractitionerRole: ['read', 'search-type', 'update'],
  Location: ['read', 'search-type', 'update'],
};

const zones = new Map([
  ['2000', 'Australia/Sydney'],
  ['2485', 'Australia/Sydney'],
  ['4225', 'Australia/Brisbane'],
  ['5000', 'Australia/Adelaide'],
]);

/** A CapabilityStatement as the connection gives it: by resource type its search parameters; `Slot` has `$find-free`. */
export function capabilityWith(parameters: Readonly<Record<string, readonly string[]>>): FhirCapability {
  return {
    fhirVersion: '4.0.1',
    serverVersion: '26.713.1',
    operations: new Set(),
    resources: new Map(
      Object.entries(parameters).map(([resource, names]) => [
        resource,
        {
          interactions: new Set(
            resource === 'Slot' ? [] : (interactions[resource] ?? ['read', 'search-type']),
          ),
          searchParams: new Set(names),
          operations: new Set(resource === 'Slot' ? ['find-free'] : []),
        },
      ]),
    ),
  };
}

export const fullCapability = capabilityWith(everyParameter);

/** All but one interaction of one resource type. */
export function capabilityWithout(resource: string, interaction: string): FhirCapability {
  const offered = fullCapability.resources.get(resource);
  if (!offered) throw new Error(`no ${resource}`);
  const interactions = new Set([...offered.interactions].filter((each) => each !== interaction));
  return {
    ...fullCapability,
    resources: new Map([...fullCapability.resources, [resource, { ...offered, interactions }]]),
  };
}

/**
 * A practice that returns all its resources of a type for any search, like the most lenient server, and records the
 * searches. `answer` replaces the response, and `stored` the response to a write.
 */
export function fakeConnection({
  resources = [],
  capability = fullCapability,
  now = '2026-11-23T00:00:00Z',
  answer = (call: Call) => resources.filter((resource) => resource.resourceType === call.resource),
  stored = (written: Written) => ({ ...written.body, id: written.id ?? '4711' }),
}: {
  readonly resources?: readonly FhirResource[];
  readonly capability?: FhirCapability;
  readonly now?: string;
  readonly answer?: (call: Call) => readonly FhirResource[];
  readonly stored?: (written: Written) => FhirResource;
}): PracticeConnection & {
  readonly calls: readonly Call[];
  readonly written: readonly Written[];
  readonly unreadableRows: readonly UnreadableRow[];
} {
  const calls: Call[] = [];
  const written: Written[] = [];
  const unreadableRows: UnreadableRow[] = [];
  const write = async (sent: Written) => {
    written.push(sent);
    return stored(sent);
  };
  const respond = async (call: Call) => {
    calls.push(call);
    return answer(call);
  };
  return {
    calls,
    written,
    unreadableRows,
    pms: 'BEST_PRACTICE',
    bpSiteId: '1001',
    sql: () => Promise.reject(new Error('no SQL here')),
    sqlEach: () => Promise.reject(new Error('no SQL here')),
    unreadable: (rows) => void unreadableRows.push(...rows),
    refusedObjects: new Set<string>(),
    warnOfWrite: () => {},
    fhirSearch: (resource, parameters) => respond({ resource, parameters }),
    fhirOperation: (resource, operation, parameters) => respond({ resource, operation, parameters }),
    sqlWrite: () => Promise.reject(new Error('no SQL here')),
    fhirRead: async (type, id) => {
      const resource = resources.find((each) => each.resourceType === type && each.id === id);
      return resource ? { resource, version: null } : null;
    },
    inTurn: (_name, change) => change(),
    fhirCreate: (resource, body) => write({ resource, body }),
    fhirUpdate: (resource, id, body) => write({ resource, id, body }),
    capability: async () => capability,
    maxLockWaitMs: 2_500,
    zoneOf: (postcode) => zones.get(postcode ?? '') ?? 'Australia/Sydney',
    now: () => Date.parse(now),
    today: () => now.slice(0, 10),
  };
}

/** Requests to a resource type: one object for each call, with values of a repeated name joined by ` & `. */
export function sent(
  connection: { readonly calls: readonly Call[] },
  resource: string,
): readonly Readonly<Record<string, string>>[] {
  return connection.calls
    .filter((call) => call.resource === resource)
    .map(({ parameters }) => {
      const byName: Record<string, string> = {};
      for (const [name, value] of parameters)
        byName[name] = name in byName ? `${byName[name]} & ${value}` : value;
      return byName;
    });
}
