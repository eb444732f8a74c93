import { defaultKey } from '../sandbox/server/start.ts';

/** Whatever the facade emits in any test passes here: it never holds the subscription key, in clear or in base64. */
export function keepsTheKey(emitted: string): string {
  for (const form of [defaultKey, Buffer.from(defaultKey).toString('base64')]) {
    if (emitted.includes(form)) throw new Error('The subscription key left the process.');
  }
  return emitted;
}
