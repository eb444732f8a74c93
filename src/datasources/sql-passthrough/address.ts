import type { Address } from '../practice-data.ts';

/** Null when nothing of it is filled in. Bp Premier's addresses have no state. */
export function addressOf(parts: Omit<Address, 'state'>): Address | null {
  if (Object.values(parts).every((part) => part === null)) return null;
  return { ...parts, state: null };
}
