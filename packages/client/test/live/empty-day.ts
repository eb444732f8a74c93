/** A Wednesday that the sandbox's books do not reach. */
export function emptyWednesday(): string {
  const date = new Date(Date.now() + 280 * 86_400_000);
  while (date.getUTCDay() !== 3) date.setUTCDate(date.getUTCDate() + 1);
  return date.toISOString().slice(0, 10);
}
