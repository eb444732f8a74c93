import type {
  FhirCapability,
  FhirParameters,
  FhirResource,
  PracticeConnection,
} from '../../../src/datasources/practice-connection.ts';

interface Call {
  readonly resource: string;
  readonly operation?: string;
  readonly parameters: FhirParameters;
}

const everyParameter: Readonly<Record<string, readonly string[]>> = {
  Patient: ['_id', 'name', 'birthdate', 'phone', 'email', 'identifier'],
  Practitioner: ['_id', 'name', 'active'],
  PractitionerRole: ['_id', 'practitioner'],
  Location: ['_id'],
  Appointment: ['_id', 'date', 'practitioner', 'patient', 'location', 'status'],
  Slot: [],
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
          interactions: new Set(resource === 'Slot' ? [] : ['read', 'search-type']),
          searchParams: new Set(names),
          operations: new Set(resource === 'Slot' ? ['find-free'] : []),
        },
      ]),
    ),
  };
}

export const fullCapability = capabilityWith(everyParameter);

/**
 * A practice that answers each search with all it has of that type, whatever was asked, and remembers what was: the most
 * lenient server there can be. `answer` can replace it.
 */
export function fakeConnection({
  resources = [],
  capability = fullCapability,
  now = '2026-11-23T00:00:00Z',
  answer = (call: Call) => resources.filter((resource) => resource.resourceType === call.resource),
}: {
  readonly resources?: readonly FhirResource[];
  readonly capability?: FhirCapability;
  readonly now?: string;
  readonly answer?: (call: Call) => readonly FhirResource[];
}): PracticeConnection & { readonly calls: readonly Call[] } {
  const calls: Call[] = [];
  const ask = async (call: Call) => {
    calls.push(call);
    return answer(call);
  };
  return {
    calls,
    pms: 'BEST_PRACTICE',
    bpSiteId: '1001',
    sql: () => Promise.reject(new Error('no SQL here')),
    fhirSearch: (resource, parameters) => ask({ resource, parameters }),
    fhirOperation: (resource, operation, parameters) => ask({ resource, operation, parameters }),
    capability: async () => capability,
    zoneOf: (postcode) => zones.get(postcode ?? '') ?? 'Australia/Sydney',
    now: () => Date.parse(now),
    today: () => now.slice(0, 10),
  };
}

/** What was sent to a resource type: one object a call, values of a repeated name joined by ` & `. */
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
