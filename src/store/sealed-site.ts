/** Sites as they stand in Redis: signed, so that only what a replica of ours has written is ever believed. */
import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import type { SharedSite } from './shared-sites.ts';

const text = z.string().max(500).nullable();
const siteSchema = z.strictObject({
  haloGuid: z.guid(),
  practiceName: text,
  pmsVersion: text,
  haloLinkVersion: text,
});

export interface SiteSeal {
  /** Where the entry of a practice stands. */
  nameOf(key: string): string;
  seal(key: string, site: SharedSite): string;
  /** Null for what was not sealed for this practice, by replicas of one Halo Cloud and subscription. */
  open(key: string, sealed: string): SharedSite | null;
}

/**
 * Replicas with one subscription key at one Halo Cloud understand each other; others, on the same Redis, have entries of
 * their own. Neither the key nor anything that it could be found from, save by guessing it whole, is in what comes out.
 */
export function createSiteSeal(subscriptionKey: string, baseUrl: string): SiteSeal {
  const secret = Buffer.from(hkdfSync('sha256', subscriptionKey, baseUrl, 'halo-graph:directory', 32));
  const sign = (words: string): Buffer => createHmac('sha256', secret).update(words).digest();
  const realm = sign('realm').toString('base64url').slice(0, 11);
  const nameOf = (key: string): string => `halo-graph:directory:${realm}:${key}`;
  const signature = (key: string, content: string): Buffer => sign(JSON.stringify([nameOf(key), content]));

  return {
    nameOf,
    seal(key, { haloGuid, practiceName, pmsVersion, haloLinkVersion }) {
      const content = JSON.stringify({ haloGuid, practiceName, pmsVersion, haloLinkVersion });
      return `${signature(key, content).toString('base64url')} ${content}`;
    },
    open(key, sealed) {
      const space = sealed.indexOf(' ');
      const content = sealed.slice(space + 1);
      const given = Buffer.from(sealed.slice(0, Math.max(0, space)), 'base64url');
      const ours = signature(key, content);
      if (given.length !== ours.length || !timingSafeEqual(given, ours)) return null;
      try {
        return siteSchema.safeParse(JSON.parse(content)).data ?? null;
      } catch {
        return null;
      }
    },
  };
}
