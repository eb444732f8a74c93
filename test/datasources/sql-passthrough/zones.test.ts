import { expect, test } from 'vitest';
import { Zones } from '../../../src/datasources/sql-passthrough/zones.ts';

/** Zones of a practice that asks for them, with what it was asked. */
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

test('zones agree where each place that was met has the same, which is asked of the own practice', () => {
  const first = zonesOf(byPostcode);
  first.zones.of('4000');
  first.zones.of(null);
  const second = zonesOf(byPostcode);
  expect(second.zones.agreeWith(first.zones)).toBe(true);
  // Whoever asks is told, and has a notice for a zone that is only assumed.
  expect(second.sent).toEqual(['4000', null]);
  expect(zonesOf(() => 'Australia/Perth').zones.agreeWith(first.zones)).toBe(false);
});
