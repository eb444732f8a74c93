import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';
import { type SubscriptionKeys, subscriptionKeysOf } from '../subscription-keys.ts';

/** Signs values in Redis, so that only values which a replica wrote are accepted. */
export interface Seal {
  /** Part of key names. It separates replicas of one Halo Cloud and subscription from others. It follows the primary key. */
  realm(): string;
  /** The realms of all known keys. Replicas that have not read changed keys yet are in an earlier one. */
  knownRealms(): readonly string[];
  seal(name: string, content: string): string;
  /** The content; null if it was not sealed under this name by a replica of this Halo Cloud and subscription. */
  open(name: string, sealed: string): string | null;
}

/**
 * Replicas with a subscription key in common and the same Halo Cloud accept each other's values. The key cannot be derived
 * from sealed values, except by guessing it whole. A value that is sealed for one purpose is not accepted for another.
 *
 * A value is signed with each configured key, and one known signature is enough. So replicas accept each other's values while
 * the keys are rotated one after the other, and this replica accepts what it signed before a rotation.
 */
export function createSeal(source: string | SubscriptionKeys, baseUrl: string, purpose: string): Seal {
  const keys = subscriptionKeysOf(source);
  const secrets = new Map<string, Buffer>();
  function secretOf(key: string): Buffer {
    let secret = secrets.get(key);
    if (!secret) {
      secret = Buffer.from(hkdfSync('sha256', key, baseUrl, `halo-graph:${purpose}`, 32));
      secrets.set(key, secret);
    }
    return secret;
  }
  const sign = (key: string, words: string): Buffer =>
    createHmac('sha256', secretOf(key)).update(words).digest();
  const signature = (key: string, name: string, content: string): Buffer =>
    sign(key, JSON.stringify([name, content]));
  const realms = new Map<string, string>();
  function realmOf(key: string): string {
    const realm = realms.get(key) ?? sign(key, 'realm').toString('base64url').slice(0, 11);
    realms.set(key, realm);
    return realm;
  }
  return {
    realm() {
      const [primary = ''] = keys.configured();
      return realmOf(primary);
    },
    knownRealms: () => keys.known().map(realmOf),
    seal(name, content) {
      const signatures = keys.configured().map((key) => signature(key, name, content).toString('base64url'));
      return `${signatures.join()} ${content}`;
    },
    open(name, sealed) {
      const space = sealed.indexOf(' ');
      const content = sealed.slice(space + 1);
      const given = sealed
        .slice(0, Math.max(0, space))
        .split(',', 2)
        .map((text) => Buffer.from(text, 'base64url'));
      const isOurs = keys.known().some((key) => {
        const ours = signature(key, name, content);
        return given.some((each) => each.length === ours.length && timingSafeEqual(each, ours));
      });
      return isOurs ? content : null;
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
