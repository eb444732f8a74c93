import { hash, timingSafeEqual } from 'node:crypto';
import { FileFault, watchFile } from '../lib/watched-file.ts';
import type { Log } from '../log.ts';
import { type ApiKey, parseApiKeys } from './api-key-file.ts';
import type { Caller } from './caller.ts';

export interface ApiKeysOptions {
  /** The path of a file that `parseApiKeys` can read. */
  readonly path: string;
  readonly log: Log;
  /** Milliseconds between two checks of the file. @default 2000 */
  readonly checkEveryMs?: number;
}

export interface ApiKeys {
  /** The caller with this key; null if there is none. Takes the same time for every key. */
  find(token: string): Caller | null;
  close(): void;
}

/**
 * API keys from a file of their hashes. The file may change while the server runs; a change takes effect within seconds. If
 * the file becomes unusable or disappears, the earlier keys stay valid, and that is logged once. Throws a FileFault if the
 * file is unusable at the start.
 */
export function createApiKeys({ path, log, checkEveryMs }: ApiKeysOptions): ApiKeys {
  const file = watchFile({
    path,
    checkEveryMs,
    parse: usable,
    changed(changed) {
      keys = changed;
      log.info({ keys: keys.length }, 'API keys were read again');
    },
    unusable: (faults) =>
      log.error({ faults }, 'The changed API_KEYS_FILE cannot be used: the previous keys stay valid'),
  });
  let keys = file.first;
  const digest = Buffer.alloc(32);

  return {
    find(token) {
      // A buffer of its own for each digest costs more than the digest.
      digest.write(hash('sha256', token, 'binary'), 'binary');
      let found: Caller | null = null;
      for (const { sha256, caller } of keys) found = timingSafeEqual(sha256, digest) ? caller : found;
      return found;
    },
    close: file.close,
  };
}

function usable(text: string): readonly ApiKey[] {
  const { keys, faults } = parseApiKeys(text);
  if (faults.length > 0) throw new FileFault(faults);
  return keys;
}
