/** Free times of practice 1001 and patients to book, read through the facade. */
import type { Bench } from './bench.ts';
import { post, type Server } from './server.ts';
import { type BookingOf, bodyOf, book } from './work.ts';

interface SlotsAnswer {
  readonly data: {
    readonly practice: {
      readonly availableSlots: { readonly slots: readonly { start: string; user: { pmsId: string } }[] };
    };
  };
}

export async function freeSlots(bench: Bench, facade: Server): Promise<readonly BookingOf[]> {
  const [day = '', ...days] = bench.days;
  const text = await post(facade, bodyOf(book, 'facade', { site: '1001', from: day, to: day }));
  const patients = [...text.matchAll(/"patient":\{"pmsId":"(\d+)"/g)].map(([, id = '']) => id);
  const found: BookingOf[] = [];
  for (const date of days.slice(-12)) {
    const query = `query Slots($site: ID!, $from: Date!) { practice(bpSiteId: $site) { ... on Practice {
      availableSlots(from: $from, durationMinutes: 10) { ... on AvailableSlots { slots { start user { pmsId } } } } } } }`;
    const answer = await post(facade, JSON.stringify({ query, variables: { site: '1001', from: date } }));
    const { slots } = (JSON.parse(answer) as SlotsAnswer).data.practice.availableSlots;
    // Every second slot: adjacent slots cannot both be booked.
    for (const [index, { start, user }] of slots.entries()) {
      const patientId = patients[found.length % patients.length];
      if (index % 2 === 0 && patientId) found.push({ site: '1001', userId: user.pmsId, patientId, start });
    }
  }
  return found;
}
