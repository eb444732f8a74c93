import { createHash } from 'node:crypto';

const maxCharacters = 64;
const unsafe = /[^\w.:@|/-]/g;
/** Prefixes of names that are not the name of an API key. */
const prefixes = { key: 'key:', client: 'jwt:', subject: 'jwt-sub:' };

/**
 * The name of a caller: the name of an API key, or the client of a token (`client_id`, `azp`), or the `sub` of a token without
 * client. Limits, idempotency keys and the audit trail use it, so two kinds of callers must not share a name. An API key
 * whose name looks like that of a token gets a prefix.
 */
export function callerName(kind: keyof typeof prefixes, given: string): string {
  const name = loggable(given);
  const isPlainKey = kind === 'key' && !Object.values(prefixes).some((prefix) => name.startsWith(prefix));
  return isPlainKey ? name : prefixes[kind] + name;
}

/** Makes a name safe for a log line. A changed name ends in a digest, so two names never become the same. */
export function loggable(name: string): string {
  const plain = name.replace(unsafe, '_').slice(0, maxCharacters);
  if (plain === name) return name;
  return `${plain}~${createHash('sha256').update(name).digest('hex').slice(0, 16)}`;
}
