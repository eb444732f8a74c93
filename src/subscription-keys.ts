/** The subscription keys of Halo Cloud: which one a call uses, and which ones were refused. A key is never logged. */
import { FileFault, type WatchedFile, watchFile } from './lib/watched-file.ts';
import type { Log } from './log.ts';

// Rests on assumption H36.

/** After this time, one call tries a refused key again. A new key may not be valid at once everywhere. */
const retryRefusedMs = 5 * 60_000;
/** Number of keys that are kept to read what replicas have written to Redis. */
const maxKnown = 6;

export interface SubscriptionKeys {
  /** The key for a call that starts now. */
  current(): string;
  /**
   * A call was answered 401 with the last of these keys, and before that with the others. Returns the key for the next
   * attempt; null if there is none left.
   */
  refused(tried: readonly string[]): Promise<string | null>;
  accepted(key: string): void;
  /** The configured keys, the primary first. */
  configured(): readonly string[];
  /** The configured keys and those that this process had before them, newest first. */
  known(): readonly string[];
  /** How many of the configured keys Halo Cloud refused when they were last used. */
  refusedCount(): number;
  /** Calls the listener after the configured keys have changed. Returns a function that ends it. */
  onChange(listener: () => void): () => void;
  close(): void;
}

export interface SubscriptionKeysOptions {
  /** One or two keys, the primary first. */
  readonly keys: readonly string[];
  /** The file that the keys came from. It is read again when it changes. @default the keys never change */
  readonly file?: string | undefined;
  readonly log?: Log | undefined;
  /** Milliseconds between two checks of the file. @default 2000 */
  readonly checkEveryMs?: number | undefined;
  /** Milliseconds from any start. @default performance.now */
  readonly clock?: () => number;
}

/**
 * The keys of a file: one key on each line, the primary key, then the secondary one. Throws a FileFault, which never contains
 * a key.
 */
export function parseSubscriptionKeys(text: string): readonly string[] {
  const keys = text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '');
  if (keys.length === 0) throw new FileFault(['contains no key.']);
  if (keys.length > 2)
    throw new FileFault(['contains more than two keys. Each line is one key: the primary, the secondary.']);
  if (!keys.every(isHeaderText))
    throw new FileFault([
      'contains spaces or characters that are not allowed in a header. A key is one line.',
    ]);
  return [...new Set(keys)];
}

export const isHeaderText = (key: string): boolean => /^[\x21-\x7e]+$/.test(key);

/** A key that never changes, or the keys themselves. */
export function subscriptionKeysOf(source: string | SubscriptionKeys): SubscriptionKeys {
  return typeof source === 'string' ? createSubscriptionKeys({ keys: [source] }) : source;
}

/**
 * A key that Halo Cloud refuses is replaced by the other one, for the call that was refused and for all later ones. When the
 * file changes, its keys are used from the next call on. The last key that was accepted remains a last resort, so that a
 * wrong or half-written file stops no call while the old key is still valid.
 */
export function createSubscriptionKeys(options: SubscriptionKeysOptions): SubscriptionKeys {
  const { log, clock = () => performance.now() } = options;
  const file = options.file === undefined ? null : watchKeyFile(options.file);
  let configured = file?.first ?? options.keys;
  let known = configured;
  let lastAccepted: string | null = null;
  /** By refused key: when it is tried again. */
  const refusedKeys = new Map<string, number>();
  const listeners = new Set<() => void>();

  function watchKeyFile(path: string): WatchedFile<readonly string[]> {
    return watchFile({
      path,
      parse: parseSubscriptionKeys,
      changed: replace,
      unusable: (faults) =>
        log?.error(
          { faults },
          'The changed HALO_SUBSCRIPTION_KEY_FILE cannot be used: the previous keys stay in use',
        ),
      checkEveryMs: options.checkEveryMs,
    });
  }

  function replace(keys: readonly string[]): void {
    if (keys.join('\n') === configured.join('\n')) return;
    configured = keys;
    known = [...new Set([...keys, ...known])].slice(0, maxKnown);
    refusedKeys.clear();
    log?.info({ keys: keys.length }, 'The subscription keys were read again');
    for (const listener of listeners) listener();
  }

  /** In the order in which they are tried. */
  function candidates(): readonly string[] {
    return lastAccepted === null || configured.includes(lastAccepted)
      ? configured
      : [...configured, lastAccepted];
  }

  function isUsable(key: string): boolean {
    const retryAt = refusedKeys.get(key);
    if (retryAt === undefined) return true;
    if (clock() < retryAt) return false;
    // Only this call tries it.
    refusedKeys.set(key, clock() + retryRefusedMs);
    return true;
  }

  function nameOf(key: string): 'primary' | 'secondary' | 'previous' {
    const at = configured.indexOf(key);
    return at === 0 ? 'primary' : at === 1 ? 'secondary' : 'previous';
  }

  function logRefusal(key: string): void {
    const next = candidates().find((each) => !refusedKeys.has(each));
    if (next === undefined) {
      log?.error({ key: nameOf(key) }, 'Halo Cloud refuses every subscription key: no call succeeds');
    } else if (configured.includes(key)) {
      const line = 'Halo Cloud refuses a subscription key: another one is used. Replace the refused key';
      log?.warn({ key: nameOf(key), used: nameOf(next) }, line);
    }
  }

  return {
    current() {
      const [primary = ''] = configured;
      if (refusedKeys.size === 0) return primary;
      return candidates().find(isUsable) ?? primary;
    },
    async refused(tried) {
      // The new key may be in the file already.
      await file?.look();
      const key = tried.at(-1) ?? '';
      const isNews = !refusedKeys.has(key);
      refusedKeys.set(key, clock() + retryRefusedMs);
      if (isNews) logRefusal(key);
      const left = candidates().filter((each) => !tried.includes(each));
      // If every key was refused before, the configured ones may be valid by now.
      return (
        left.find((each) => !refusedKeys.has(each)) ?? left.find((each) => configured.includes(each)) ?? null
      );
    },
    accepted(key) {
      lastAccepted = key;
      if (refusedKeys.size > 0 && refusedKeys.delete(key)) {
        log?.info({ key: nameOf(key) }, 'Halo Cloud accepts the subscription key again');
      }
    },
    configured: () => configured,
    known: () => known,
    refusedCount: () => configured.filter((key) => refusedKeys.has(key)).length,
    onChange(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    close: () => file?.close(),
  };
}
