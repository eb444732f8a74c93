import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';

/** Signs what stands in Redis, so that only what a replica of ours has written is ever believed. */
export interface Seal {
  /** Tells replicas of one Halo Cloud and subscription from others: part of a key's name. */
  readonly realm: string;
  seal(name: string, content: string): string;
  /** The content; null for what was not sealed under this name, by replicas of one Halo Cloud and subscription. */
  open(name: string, sealed: string): string | null;
}

/**
 * Replicas with one subscription key at one Halo Cloud understand each other. Neither the key nor anything that it could be
 * found from, save by guessing it whole, is in what comes out. What is sealed for one purpose is nothing for another.
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

/** Of text that may be no JSON: undefined. */
export function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
