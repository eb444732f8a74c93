import type { PracticeSpec } from '../practices.ts';

/** IANA zone of a location. Default: the zone of the practice. */
export function zoneOf(practice: PracticeSpec, locationId: number): string {
  return practice.locations.find(({ id }) => id === locationId)?.timeZone ?? practice.timeZone;
}

/** The practice's locations by zone. */
export function locationsByZone(practice: PracticeSpec): ReadonlyMap<string, readonly number[]> {
  const zones = new Map<string, number[]>();
  for (const { id, timeZone } of practice.locations)
    zones.set(timeZone, [...(zones.get(timeZone) ?? []), id]);
  return zones;
}
