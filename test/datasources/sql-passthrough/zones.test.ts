import { expect, test } from 'vitest';
import { Zones } from '../../../src/datasources/sql-passthrough/zones.ts';

/** Time zones of a practice, with the requests that were sent for them. */
function zonesOf(zone: (postcode: string | null | undefined) => string) {
  const sent: (string | null | undefined)[] = [];
  const zoneOf = (postcode: string | null | undefined) => {
    sent.push(postcode);
    return zone(postcode);
  };
  return { zones: new Zones({ zoneOf }), sent };
}

const byPostcode = (postcode: string | null | undefined) =>
  postcode === '4000' ? 'Australia/Brisbane' : 'Australia/Sydney';

test('zones agree where each location has the same zone as the own practice', () => {
  const first = zonesOf(byPostcode);
  first.zones.of('4000');
  first.zones.of(null);
  const second = zonesOf(byPostcode);
  expect(second.zones.agreeWith(first.zones)).toBe(true);
  // The caller gets the zone, and a notice where the zone is only assumed.
  expect(second.sent).toEqual(['4000', null]);
  expect(zonesOf(() => 'Australia/Perth').zones.agreeWith(first.zones)).toBe(false);
});
