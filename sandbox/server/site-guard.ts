import { Refusal } from './answer.ts';
import type { FaultStore, Faults } from './faults.ts';
import { faultNumber, tooManyRequests } from './faults.ts';
import type { AddressedSite } from './sites.ts';
import { hasMoved } from './sites.ts';

// Rests on assumption S1.

// Halo Cloud's message for a replaced GUID is not documented. This one says nothing, so that no client relies on it.
const forbidden = 'Access to resource is forbidden.';
const notContacted = 'Site could not be contacted, please try again later or contact a system administrator.';

/** Checks that Halo Cloud allows this call to the site. Throws a Refusal. */
export function guardSite({ practice, role }: AddressedSite, faults: Faults, store: FaultStore): void {
  const authoritative = hasMoved(faults) ? role === 'standby' : role === 'primary';
  if (!authoritative || faults.has('gone')) throw new Refusal(403, forbidden);
  if (faults.has('not-paired'))
    throw new Refusal(403, 'There is no active pairing between the integrator and this practice.');
  if (faults.has('ip-not-allowed')) throw new Refusal(403, 'Caller Ip Not Allowed');
  if (faults.has('quota')) throw new Refusal(403, 'Quota Exceeded. Out of call volume quota.');
  if (faults.has('429')) throw tooManyRequests();
  const most = faultNumber(faults, '429-after-');
  if (most !== undefined) store.countLimited(practice.bpSiteId, most);
  if (faults.has('500')) throw new Refusal(500, 'Failed to create query container in CosmosDB.');
}

export function tookTooLong(): Refusal {
  return new Refusal(504, 'Query took more than 30 seconds to return a result.');
}

/** How the practice's server is unavailable; null when it is available. */
export function siteAway({ practice }: AddressedSite, faults: Faults): 'offline' | 'unreachable' | null {
  if (faults.has('unreachable') || practice.availability === 'unreachable') return 'unreachable';
  return faults.has('offline') || practice.availability === 'offline' ? 'offline' : null;
}

/** Checks that the practice's server is available for data. Throws a Refusal. */
export function guardPractice(site: AddressedSite, faults: Faults): void {
  const away = siteAway(site, faults);
  if (away === 'unreachable') throw new Refusal(504, 'Site is unreachable');
  if (away === 'offline') throw new Refusal(503, notContacted);
  guardStart(faults);
}

/** Checks that Halo Cloud accepts an async query. It notices an offline site only later. Throws a Refusal. */
export function guardStart(faults: Faults): void {
  if (faults.has('503')) throw new Refusal(503, notContacted);
  if (faults.has('504')) throw tookTooLong();
}
