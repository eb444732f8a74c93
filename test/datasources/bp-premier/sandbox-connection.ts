import { openPracticeDatabase, type PracticeDatabase } from '../../../sandbox/database/practice-database.ts';
import { handleFhir } from '../../../sandbox/fhir/index.ts';
import { practices } from '../../../sandbox/practices.ts';
import type {
  FhirBundle,
  FhirCapability,
  FhirResource,
  PracticeConnection,
} from '../../../src/datasources/halo-cloud/practice-connection.ts';
import { PmsError, SlotTaken } from '../../../src/errors.ts';
import { zoneOfPostcode } from '../../../src/time/zones.ts';

/** A Monday. */
export const today = '2026-11-23';

interface SandboxConnection extends PracticeConnection {
  /** Requested resource types, one entry for each page. */
  readonly charged: readonly string[];
  readonly database: PracticeDatabase;
}

/** The sandbox's FHIR API of one practice, in this process. Requests are the same as over HTTP. */
export function sandboxConnection(bpSiteId: string): SandboxConnection {
  const practice = practices.find((each) => each.bpSiteId === bpSiteId);
  if (!practice) throw new Error(`The sandbox has no practice ${bpSiteId}.`);
  const database = openPracticeDatabase(practice, today);
  const charged: string[] = [];
  const send = (
    method: string,
    path: string,
    query = new URLSearchParams(),
    form = new URLSearchParams(),
    body = '',
  ) => handleFhir({ method, path, query, form, body }, practice, database, today);
  const respond = (method: string, path: string, query: URLSearchParams, form: URLSearchParams) => {
    const { status, body } = send(method, path, query, form);
    if (status !== 200) throw new Error(`${method} ${path}: ${status} ${JSON.stringify(body)}`);
    return body;
  };
  const write = async (method: string, path: string, resource: FhirResource) => {
    charged.push(path);
    const none = new URLSearchParams();
    // A copy without undefined properties, as JSON transfers it.
    const { status, body } = send(method, path, none, none, JSON.stringify(resource));
    if (status === 409) throw new SlotTaken();
    if (status >= 400) throw new PmsError('http', status, { message: JSON.stringify(body) });
    return body as FhirResource;
  };
  const pages = (method: string, path: string, query: URLSearchParams, form: URLSearchParams) => {
    const found: FhirResource[] = [];
    let bundle = respond(method, path, query, form) as FhirBundle;
    for (;;) {
      charged.push(path);
      found.push(...(bundle.entry ?? []).flatMap(({ resource }) => resource ?? []));
      const next = bundle.link?.find(({ relation }) => relation === 'next')?.url;
      if (!next) return found;
      const { pathname, searchParams } = new URL(next);
      bundle = respond(
        'GET',
        pathname.split('/fhir/R4/')[1] ?? '',
        searchParams,
        new URLSearchParams(),
      ) as FhirBundle;
    }
  };
  return {
    charged,
    database,
    pms: 'BEST_PRACTICE',
    bpSiteId,
    sql: () => Promise.reject(new Error('no SQL here')),
    sqlEach: () => Promise.reject(new Error('no SQL here')),
    unreadable: () => {},
    refusedObjects: new Set<string>(),
    warnOfWrite: () => {},
    sqlWrite: () => Promise.reject(new Error('no SQL here')),
    async fhirRead(resource, id) {
      charged.push(`${resource}/${id}`);
      const { status, body } = send('GET', `${resource}/${id}`);
      return status === 404 ? null : { resource: body as FhirResource, version: null };
    },
    inTurn: (_name, change) => change(),
    fhirCreate: (resource, body) => write('POST', resource, body),
    fhirUpdate: (resource, id, body) => write('PUT', `${resource}/${id}`, body),
    fhirSearch: async (resource, parameters) =>
      pages('POST', `${resource}/_search`, new URLSearchParams(), formOf(parameters)),
    fhirOperation: async (resource, operation, parameters) =>
      pages('GET', `${resource}/$${operation}`, formOf(parameters), new URLSearchParams()),
    capability: async () =>
      capabilityOf(respond('GET', 'metadata', new URLSearchParams(), new URLSearchParams())),
    maxLockWaitMs: 2_500,
    zoneOf: (postcode) => zoneOfPostcode(postcode) ?? 'Australia/Sydney',
    now: () => Date.parse(`${today}T00:00:00Z`),
    today: () => today,
  };
}

const formOf = (parameters: readonly (readonly [string, string])[]) =>
  new URLSearchParams(parameters.map(([name, value]) => [name, value]));

interface Statement {
  readonly fhirVersion: string;
  readonly software: { readonly version: string };
  readonly rest: readonly {
    readonly resource: readonly {
      readonly type: string;
      readonly interaction?: readonly { readonly code: string }[];
      readonly searchParam?: readonly { readonly name: string }[];
      readonly operation?: readonly { readonly name: string }[];
    }[];
  }[];
}

function capabilityOf(statement: unknown): FhirCapability {
  const { fhirVersion, software, rest } = statement as Statement;
  return {
    fhirVersion,
    serverVersion: software.version,
    operations: new Set(),
    resources: new Map(
      rest[0]?.resource.map(({ type, interaction = [], searchParam = [], operation = [] }) => [
        type,
        {
          interactions: new Set(interaction.map(({ code }) => code)),
          searchParams: new Set(searchParam.map(({ name }) => name)),
          operations: new Set(operation.map(({ name }) => name)),
        },
      ]),
    ),
  };
}
