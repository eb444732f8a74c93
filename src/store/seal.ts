import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';

/** Signs values in Redis, so that only values which a replica wrote are accepted. */
export interface Seal {
  /** Part of key names. It separates replicas of one Halo Cloud and subscription from others. */
  readonly realm: string;
  seal(name: string, content: string): string;
  /** The content; null if it was not sealed under this name by a replica of this Halo Cloud and subscription. */
  open(name: string, sealed: string): string | null;
}

/**
 * Replicas with the same subscription key and Halo Cloud accept each other's values. The key cannot be derived from sealed
 * values, except by guessing it whole. A value that is sealed for one purpose is not accepted for another.
 */
export function createSeal(subscriptionKey: string, baseUrl: string, purpose: string): Seal {
  const secret = Buffer.from(hkdfSync('sha256', subscriptionKey, baseUrl, `halo-graph:${purpose}`, 32));
  const sign = (words: string): Buffer => createHmac('sha256', secret).update(words).digest();
  const signature = (name: string, content: string): Buffer => sign(JSON.stringify([name, content]));
  return {
    realm: sign('realm').toString('base64url').slice(0, 11),
    seal: (name, content) => `${signature(name, content).toString('base64url')} ${content}`,
    open(name, sealed) {
      const space = sealed.indexOf(' ');
      const content = sealed.slice(space + 1);
      const given = Buffer.from(sealed.slice(0, Math.max(0, space)), 'base64url');
      const ours = signature(name, content);
      return given.length === ours.length && timingSafeEqual(given, ours) ? content : null;
    },
  };
}

/** Parses JSON; undefined if the text is not JSON. */
export function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
