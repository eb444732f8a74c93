import { createHash } from 'node:crypto';

const maxCharacters = 64;
const unsafe = /[^\w.:@|/-]/g;
/** How names begin that are not an API key's own. */
const prefixes = { key: 'key:', client: 'jwt:', subject: 'jwt-sub:' };

/**
 * The name of a caller, by what tells who it is: an API key's entry, or a token's client (`client_id`, `azp`), or, of a token
 * without one, its `sub`. Limits, idempotency keys and the audit go by it, so that two kinds never have one name: an API
 * key that is called like a token gets a prefix of its own.
 */
export function callerName(kind: keyof typeof prefixes, given: string): string {
  const name = loggable(given);
  const isPlainKey = kind === 'key' && !Object.values(prefixes).some((prefix) => name.startsWith(prefix));
  return isPlainKey ? name : prefixes[kind] + name;
}

/** Short and plain enough for a log line; a name that had to be changed ends in a digest, so that no two become one. */
export function loggable(name: string): string {
  const plain = name.replace(unsafe, '_').slice(0, maxCharacters);
  if (plain === name) return name;
  return `${plain}~${createHash('sha256').update(name).digest('hex').slice(0, 16)}`;
}
