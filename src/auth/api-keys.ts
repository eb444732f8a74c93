import { hash, timingSafeEqual } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import type { Log } from '../log.ts';
import { type ApiKey, parseApiKeys } from './api-key-file.ts';
import type { Caller } from './caller.ts';

export interface ApiKeysOptions {
  /** As `parseApiKeys` reads it. */
  readonly path: string;
  readonly log: Log;
  /** Milliseconds between two looks at the file. @default 2000 */
  readonly checkEveryMs?: number;
}

export interface ApiKeys {
  /** Whose key this is; null: nobody's. Takes the same time for any. */
  find(token: string): Caller | null;
  close(): void;
}

/** The file that API_KEYS_FILE names cannot be used; a line for each fault. */
export class ApiKeysFault extends Error {
  constructor(faults: readonly string[]) {
    super(faults.join('\n'));
    this.name = 'ApiKeysFault';
  }
}

/**
 * API keys by a file of their hashes, which may be changed while the server runs: what it says counts within seconds. A file
 * that cannot be used, or is gone, changes nothing and is logged once; throws ApiKeysFault where it is so from the start.
 *
 * The file is looked at every two seconds: notices of the file system miss files that are replaced, as editors and
 * Kubernetes do.
 */
export function createApiKeys({ path, log, checkEveryMs = 2_000 }: ApiKeysOptions): ApiKeys {
  let seen: string;
  let keys: readonly ApiKey[];
  let told = '';
  let closed = false;
  try {
    seen = stampOf(statSync(path, { bigint: true }));
    keys = usable(readFileSync(path, 'utf8'));
  } catch (error) {
    throw new ApiKeysFault(faultsOf(error));
  }

  async function look(): Promise<void> {
    let stamp = 'gone';
    try {
      // The stamp first: what is written after it has another one at the next look.
      stamp = stampOf(await stat(path, { bigint: true }));
      if (stamp === seen) return;
      keys = usable(await readFile(path, 'utf8'));
      seen = stamp;
      log.info({ keys: keys.length }, 'API keys were read again');
    } catch (error) {
      if (closed) return;
      // What cannot be read may be readable at the next look; what is wrong stays wrong until it is written again.
      if (error instanceof ApiKeysFault) seen = stamp;
      tellOnce(stamp, faultsOf(error));
    }
  }

  function tellOnce(stamp: string, faults: readonly string[]): void {
    const telling = [stamp, ...faults].join('\n');
    if (telling === told) return;
    told = telling;
    log.error(
      { faults },
      'The changed API_KEYS_FILE cannot be used: the keys that were read before it still count',
    );
  }

  let timer = setTimeout(lookAgain, checkEveryMs).unref();
  async function lookAgain(): Promise<void> {
    await look();
    if (!closed) timer = setTimeout(lookAgain, checkEveryMs).unref();
  }

  return {
    find(token) {
      const digest = hash('sha256', token, 'buffer');
      let found: Caller | null = null;
      for (const { sha256, caller } of keys) found = timingSafeEqual(sha256, digest) ? caller : found;
      return found;
    },
    close() {
      closed = true;
      clearTimeout(timer);
    },
  };
}

function usable(text: string): readonly ApiKey[] {
  const { keys, faults } = parseApiKeys(text);
  if (faults.length > 0) throw new ApiKeysFault(faults);
  return keys;
}

function faultsOf(error: unknown): readonly string[] {
  if (error instanceof ApiKeysFault) return error.message.split('\n');
  return [`cannot be read (${(error as NodeJS.ErrnoException).code ?? 'unreadable'}).`];
}

/** What changes when a file is written or replaced; links are followed. */
const stampOf = (file: { mtimeNs: bigint; ctimeNs: bigint; size: bigint; ino: bigint }): string =>
  [file.mtimeNs, file.ctimeNs, file.size, file.ino].join();
