import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';

/** Encrypts values in Redis: only replicas with the same subscription key and Halo Cloud can read them. */
export interface Vault {
  encrypt(name: string, content: string): string;
  /** The content; null if it was not encrypted under this name by a replica of this Halo Cloud and subscription. */
  decrypt(name: string, text: string): string | null;
}

const ivBytes = 12;
const tagBytes = 16;

/** AES-256-GCM. A value that is encrypted for one purpose or name cannot be read as another. */
export function createVault(subscriptionKey: string, baseUrl: string, purpose: string): Vault {
  const key = Buffer.from(hkdfSync('sha256', subscriptionKey, baseUrl, `halo-graph:vault:${purpose}`, 32));
  return {
    encrypt(name, content) {
      const iv = randomBytes(ivBytes);
      const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(Buffer.from(name));
      const encrypted = Buffer.concat([cipher.update(content, 'utf8'), cipher.final()]);
      return Buffer.concat([iv, cipher.getAuthTag(), encrypted]).toString('base64');
    },
    decrypt(name, text) {
      const bytes = Buffer.from(text, 'base64');
      if (bytes.length < ivBytes + tagBytes) return null;
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
    },
  };
}
