/** Bookings through a facade that runs as a process. */
import { bpSiteId, type Slot } from '../facade/booking-client.ts';

// biome-ignore lint/suspicious/noExplicitAny: a response has the shape of its query
export async function sendRequest(url: string, query: string, variables: object): Promise<{ data: any }> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query, variables }),
  });
  return (await response.json()) as { data: unknown };
}

/** One week from tomorrow on. It always has a weekday. */
export async function freeSlots(url: string): Promise<Slot[]> {
  const date = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
  const { data } = await sendRequest(
    url,
    `query ($from: Date!, $to: Date!) { practice(bpSiteId: "${bpSiteId}") { ... on Practice {
      availableSlots(from: $from, to: $to) { ... on AvailableSlots {
        slots { start user { pmsId } location { pmsId } } } } } } }`,
    { from: date(2), to: date(8) },
  );
  return data.practice.availableSlots.slots.map(
    (slot: { start: string; user: { pmsId: string }; location: { pmsId: string } }) => ({
      start: slot.start,
      userId: slot.user.pmsId,
      locationId: slot.location.pmsId,
    }),
  );
}
