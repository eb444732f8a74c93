import type { Caller } from './caller.ts';

/**
 * Whether the caller may know of the practice with this Bp Site ID, exactly as it is going to be looked up. To be asked
 * before the look-up: for those who may not, the practice does not exist.
 */
export function mayAsk({ practices }: Pick<Caller, 'practices'>, bpSiteId: string): boolean {
  return practices === 'all' || practices.includes(bpSiteId);
}
