/** Maximum difference between the time of sending and the clock of this machine, in either direction. */
export const maxClockDifferenceMs = 5 * 60_000;

/** .NET writes seven decimals and an offset. Each component is checked by `Date` again, which refuses 25 o'clock. */
const instant = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?(?:Z|[+-](?:0\d|1[0-4]):[0-5]\d)$/;

/** Milliseconds since 1970 of a complete ISO 8601 instant; null for any other text. */
export function instantOf(text: string): number | null {
  if (!instant.test(text)) return null;
  const ms = Date.parse(text);
  // Date.parse rolls 30 February over to March.
  const day = text.slice(0, 10);
  return Number.isNaN(ms) || new Date(`${day}T00:00:00Z`).toISOString().slice(0, 10) !== day ? null : ms;
}

/** Whether a webhook was sent within the last five minutes, or at most five minutes in the future. */
export const isRecent = (sentAt: number, now: number): boolean =>
  Math.abs(now - sentAt) <= maxClockDifferenceMs;
