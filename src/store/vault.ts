import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import { type SubscriptionKeys, subscriptionKeysOf } from '../subscription-keys.ts';

/** Encrypts values in Redis: only replicas with the same subscription key and Halo Cloud can read them. */
export interface Vault {
  encrypt(name: string, content: string): string;
  /** The content; null if it was not encrypted under this name by a replica of this Halo Cloud and subscription. */
  decrypt(name: string, text: string): string | null;
}

const ivBytes = 12;
const tagBytes = 16;

/**
 * AES-256-GCM. A value that is encrypted for one purpose or name cannot be read as another. It is encrypted with the primary
 * subscription key, and read with any that this process knows.
 */
export function createVault(source: string | SubscriptionKeys, baseUrl: string, purpose: string): Vault {
  const subscriptionKeys = subscriptionKeysOf(source);
  const derived = new Map<string, Buffer>();
  function derive(subscriptionKey: string): Buffer {
    let key = derived.get(subscriptionKey);
    if (!key) {
      key = Buffer.from(hkdfSync('sha256', subscriptionKey, baseUrl, `halo-graph:vault:${purpose}`, 32));
      derived.set(subscriptionKey, key);
    }
    return key;
  }

  function decryptWith(key: Buffer, name: string, bytes: Buffer): string | null {
    try {
      const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, ivBytes), {
        authTagLength: tagBytes,
      })
        .setAAD(Buffer.from(name))
        .setAuthTag(bytes.subarray(ivBytes, ivBytes + tagBytes));
      return Buffer.concat([
        decipher.update(bytes.subarray(ivBytes + tagBytes)),
        decipher.final(),
      ]).toString();
    } catch {
      return null;
    }
  }

  return {
    encrypt(name, content) {
      const [primary = ''] = subscriptionKeys.configured();
      const iv = randomBytes(ivBytes);
      const cipher = createCipheriv('aes-256-gcm', derive(primary), iv).setAAD(Buffer.from(name));
      const encrypted = Buffer.concat([cipher.update(content, 'utf8'), cipher.final()]);
      return Buffer.concat([iv, cipher.getAuthTag(), encrypted]).toString('base64');
    },
    decrypt(name, text) {
      const bytes = Buffer.from(text, 'base64');
      if (bytes.length < ivBytes + tagBytes) return null;
      for (const subscriptionKey of subscriptionKeys.known()) {
        const content = decryptWith(derive(subscriptionKey), name, bytes);
        if (content !== null) return content;
      }
      return null;
    },
  };
}
