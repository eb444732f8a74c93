const maxSeconds = 24 * 60 * 60;
/** The three date forms of RFC 9110 begin with the day of the week. Some servers send ISO 8601. */
const dateForm = /^(?:(?:Sun|Mon|Tue|Wed|Thu|Fri|Sat)[a-z]*,? |\d{4}-\d\d-\d\dT)/;
/** The oldest form, that of asctime, has no zone and means UTC. */
const withoutZone = /\d{2}:\d{2}:\d{2} \d{4}$/;

/**
 * `Retry-After` in whole seconds from now: rounded up, never below 0, at most a day. Null when it is missing, or is
 * neither a number of seconds nor a date.
 */
export function retryAfterSeconds(header: string | string[] | undefined, nowMs: number): number | null {
  const text = (Array.isArray(header) ? header[0] : header)?.trim();
  if (!text) return null;
  if (/^\d+(\.\d+)?$/.test(text)) return Math.min(maxSeconds, Math.ceil(Number(text)));
  if (!dateForm.test(text)) return null;
  const date = Date.parse(withoutZone.test(text) ? `${text} GMT` : text);
  return Number.isNaN(date) ? null : Math.min(maxSeconds, Math.max(0, Math.ceil((date - nowMs) / 1000)));
}
