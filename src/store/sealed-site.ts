/** Signed sites in Redis. */
import { z } from 'zod';
import type { SubscriptionKeys } from '../subscription-keys.ts';
import { createSeal, jsonOf } from './seal.ts';
import type { SharedSite } from './shared-sites.ts';

const text = z.string().max(500).nullable();
const siteSchema = z.strictObject({
  haloGuid: z.guid(),
  practiceName: text,
  pmsVersion: text,
  haloLinkVersion: text,
});

export interface SiteSeal {
  /** The Redis key of a practice. Replicas of another Halo Cloud or subscription have other keys. */
  nameOf(key: string): string;
  seal(key: string, site: SharedSite): string;
  /** Null if it was not sealed for this practice by a replica of this Halo Cloud and subscription. */
  open(key: string, sealed: string): SharedSite | null;
}

export function createSiteSeal(subscriptionKey: string | SubscriptionKeys, baseUrl: string): SiteSeal {
  const { realm, seal, open } = createSeal(subscriptionKey, baseUrl, 'directory');
  const nameOf = (key: string): string => `halo-graph:directory:${realm()}:${key}`;
  return {
    nameOf,
    seal: (key, { haloGuid, practiceName, pmsVersion, haloLinkVersion }) =>
      seal(nameOf(key), JSON.stringify({ haloGuid, practiceName, pmsVersion, haloLinkVersion })),
    open(key, sealed) {
      const content = open(nameOf(key), sealed);
      return content === null ? null : (siteSchema.safeParse(jsonOf(content)).data ?? null);
    },
  };
}
