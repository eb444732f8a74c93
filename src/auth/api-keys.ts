import { hash, timingSafeEqual } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
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

/** The file of API_KEYS_FILE cannot be used. The message has one line for each fault. */
export class ApiKeysFault extends Error {
  constructor(faults: readonly string[]) {
    super(faults.join('\n'));
    this.name = 'ApiKeysFault';
  }
}

/**
 * API keys from a file of their hashes. The file may change while the server runs; a change takes effect within seconds. If
 * the file becomes unusable or disappears, the earlier keys stay valid, and that is logged once. Throws ApiKeysFault if the
 * file is unusable at the start.
 *
 * The file is polled every two seconds. File system notifications miss files that are replaced, which is how editors and
 * Kubernetes write.
 */
export function createApiKeys({ path, log, checkEveryMs = 2_000 }: ApiKeysOptions): ApiKeys {
  let seen: string;
  let keys: readonly ApiKey[];
  let logged = '';
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
      // The stamp is read first, so a later write has another stamp at the next check.
      stamp = stampOf(await stat(path, { bigint: true }));
      if (stamp === seen) return;
      keys = usable(await readFile(path, 'utf8'));
      seen = stamp;
      log.info({ keys: keys.length }, 'API keys were read again');
    } catch (error) {
      if (closed) return;
      // A file that cannot be read may be readable at the next check. Wrong content stays wrong until the next write.
      if (error instanceof ApiKeysFault) seen = stamp;
      logOnce(stamp, faultsOf(error));
    }
  }

  function logOnce(stamp: string, faults: readonly string[]): void {
    const entry = [stamp, ...faults].join('\n');
    if (entry === logged) return;
    logged = entry;
    log.error({ faults }, 'The changed API_KEYS_FILE cannot be used: the previous keys stay valid');
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

/** A value that changes when the file is written or replaced. Links are followed. */
const stampOf = (file: { mtimeNs: bigint; ctimeNs: bigint; size: bigint; ino: bigint }): string =>
  [file.mtimeNs, file.ctimeNs, file.size, file.ino].join();
