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

/** `GET metadata`: which resources, interactions, search parameters and operations a site has. */
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

/** What has no name offers nothing. */
function words(names: readonly (string | null | undefined)[]): ReadonlySet<string> {
  return new Set(names.flatMap((name) => name || []));
}

export interface CapabilityCache {
  /** Asked once an hour for a GUID and a version of Halo Link, which is what can change it; failures are not kept. */
  get(haloGuid: string, haloLinkVersion: string | null, context: CallContext): Promise<FhirCapability>;
}

/** `clock` in milliseconds. */
export function createCapabilityCache(halo: HaloCloud, clock: () => number): CapabilityCache {
  const cache = new LRUCache<string, { readonly capability: FhirCapability; readonly askedAt: number }>({
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
        const ageSeconds = Math.max(0, Math.floor((clock() - known.askedAt) / 1000));
        context.cost.recalled({ haloGuid, what: 'capability', ageSeconds });
        return known.capability;
      }
      const askedAt = clock();
      const capability = await halo.read(metadataCall(haloGuid), context);
      // What a fault made up on purpose is nothing to remember.
      if (Object.keys(context.passHeaders).length === 0) cache.set(key, { capability, askedAt });
      return capability;
    },
  };
}
