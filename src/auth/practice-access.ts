import type { Caller } from './caller.ts';

/**
 * Whether the caller may access the practice with this Bp Site ID, in exactly the form that is looked up. Checked before the
 * look-up: for other callers the practice does not exist.
 */
export function mayAccess({ practices }: Pick<Caller, 'practices'>, bpSiteId: string): boolean {
  return practices === 'all' || practices.includes(bpSiteId);
}
