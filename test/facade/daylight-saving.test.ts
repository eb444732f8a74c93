/** The same wall time on both sides of a changeover, by both sources: the offset changes where the clocks do, and only there. */
import { afterAll, describe, expect, it } from 'vitest';
import { type Facade, openFacade } from '../open-facade.ts';

const facades: Readonly<Record<string, Facade>> = {
  sql: openFacade({ source: 'sql-passthrough' }),
  fhir: openFacade({ source: 'bp-premier' }),
};
afterAll(() => Promise.all(Object.values(facades).map((facade) => facade.close())));

const book = `query Book($site: ID!, $from: Date!) { practice(bpSiteId: $site) { ... on Practice {
  appointments(from: $from) { ... on AppointmentConnection { nodes { start end durationMinutes location { timeZone } } } }
  availableSlots(from: $from) { ... on AvailableSlots { slots { start } } } } } }`;
/** The Saturday or Friday before and the Monday after the clocks change. */
const spring = ['2026-10-02', '2026-10-05'] as const;
const autumn = ['2027-04-02', '2027-04-05'] as const;

describe.each(Object.keys(facades))('by %s', (name) => {
  it.each([
    ['1001', 'Australia/Sydney', '+10:00', '+11:00'],
    ['1002', 'Australia/Brisbane', '+10:00', '+10:00'],
    ['1003', 'Australia/Adelaide', '+09:30', '+10:30'],
  ])('practice %s in %s', async (site, timeZone, winter, summer) => {
    const facade = facades[name] as Facade;
    for (const [from, offset] of [
      [spring[0], winter],
      [spring[1], summer],
      [autumn[0], summer],
      [autumn[1], winter],
    ] as const) {
      const { data } = await facade.execute(book, { site, from });
      const rows = data.practice.appointments.nodes as {
        start: string;
        end: string;
        durationMinutes: number;
        location: { timeZone: string };
      }[];
      expect(rows.length, `${site} ${from}`).toBeGreaterThan(10);
      for (const { start, end, durationMinutes, location } of rows) {
        expect(location.timeZone).toBe(timeZone);
        expect(start).toMatch(new RegExp(`^${from}T(0[7-9]|1\\d):\\d\\d:00\\${offset}$`));
        expect(Date.parse(end) - Date.parse(start)).toBe(durationMinutes * 60_000);
      }
    }
  });

  it('two locations of one practice keep their own time on one day', async () => {
    const { data } = await (facades[name] as Facade).execute(book, { site: '1004', from: '2026-11-24' });
    const offsets = (
      data.practice.appointments.nodes as { start: string; location: { timeZone: string } }[]
    ).map(({ start, location }) => `${location.timeZone} ${start.slice(19)}`);
    expect([...new Set(offsets)].toSorted()).toEqual([
      'Australia/Brisbane +10:00',
      'Australia/Sydney +11:00',
    ]);
    const slots = (data.practice.availableSlots.slots as { start: string }[]).map(({ start }) =>
      start.slice(19),
    );
    expect(new Set(slots)).toEqual(new Set(['+10:00', '+11:00']));
  });
});
