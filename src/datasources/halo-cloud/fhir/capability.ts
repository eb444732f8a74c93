import { LRUCache } from 'lru-cache';
import { z } from 'zod';
import type { FhirCapability } from '../practice-connection.ts';
import type { HaloCloud } from '../transport/client.ts';
import { shaped } from '../transport/malformed-response.ts';
import type { CallContext, UpstreamRead } from '../transport/upstream-call.ts';
import { fhirBase } from './fhir-calls.ts';

const text = z.string().nullish();
const named = z.array(z.looseObject({ name: text })).nullish();
const statementSchema = z.looseObject({
  resourceType: z.literal('CapabilityStatement'),
  version: text,
  fhirVersion: text,
  software: z.looseObject({ version: text }).nullish(),
  rest: z
    .array(
      z.looseObject({
        mode: text,
        resource: z
          .array(
            z.looseObject({
              type: text,
              interaction: z.array(z.looseObject({ code: text })).nullish(),
              searchParam: named,
              operation: named,
            }),
          )
          .nullish(),
        operation: named,
      }),
    )
    .nullish(),
});

/** `GET metadata`: the resources, interactions, search parameters and operations of a site. */
export function metadataCall(haloGuid: string): UpstreamRead<FhirCapability> {
  return {
    kind: 'metadata',
    method: 'GET',
    route: '/integrator/sites/{siteId}/fhir/R4/metadata',
    path: `${fhirBase(haloGuid)}/metadata`,
    haloGuid,
    read(body) {
      const statement = shaped(statementSchema, body, 'a CapabilityStatement');
      const rest = statement.rest?.find(({ mode }) => mode !== 'client');
      return {
        fhirVersion: statement.fhirVersion || null,
        serverVersion: statement.software?.version || statement.version || null,
        resources: new Map(
          (rest?.resource ?? []).map(({ type, interaction, searchParam, operation }) => [
            type ?? '',
            {
              interactions: words((interaction ?? []).map(({ code }) => code)),
              searchParams: words((searchParam ?? []).map(({ name }) => name)),
              operations: operationNames(operation),
            },
          ]),
        ),
        operations: operationNames(rest?.operation),
      };
    },
  };
}

function operationNames(operations: z.output<typeof named>): ReadonlySet<string> {
  return words((operations ?? []).map(({ name }) => name?.replace(/^\$/, '')));
}

/** Drops missing names. */
function words(names: readonly (string | null | undefined)[]): ReadonlySet<string> {
  return new Set(names.flatMap((name) => name || []));
}

export interface CapabilityCache {
  /** Loaded once an hour for each GUID and Halo Link version, because an update of Halo Link can change it. Failures are not cached. */
  get(haloGuid: string, haloLinkVersion: string | null, context: CallContext): Promise<FhirCapability>;
}

/** `clock` in milliseconds. */
export function createCapabilityCache(halo: HaloCloud, clock: () => number): CapabilityCache {
  const cache = new LRUCache<string, { readonly capability: FhirCapability; readonly loadedAt: number }>({
    max: 2_000,
    ttl: 60 * 60_000,
    ttlResolution: 0,
    perf: { now: clock },
  });
  return {
    async get(haloGuid, haloLinkVersion, context) {
      const key = `${haloGuid} ${haloLinkVersion ?? ''}`;
      const known = cache.get(key);
      if (known) {
        const ageSeconds = Math.max(0, Math.floor((clock() - known.loadedAt) / 1000));
        context.cost.recalled({ haloGuid, what: 'capability', ageSeconds });
        return known.capability;
      }
      const loadedAt = clock();
      const capability = await halo.read(metadataCall(haloGuid), context);
      // Answers with simulated faults are not cached.
      if (context.simulatedFault === undefined) cache.set(key, { capability, loadedAt });
      return capability;
    },
  };
}
