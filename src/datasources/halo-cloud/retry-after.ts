/**
 * `Retry-After` in whole seconds from now, rounded up and never below 0; null when it is missing or neither seconds nor
 * an HTTP date.
 */
export function retryAfterSeconds(header: string | string[] | undefined, nowMs: number): number | null {
  const text = (Array.isArray(header) ? header[0] : header)?.trim();
  if (!text) return null;
  if (/^\d+(\.\d+)?$/.test(text)) return Math.ceil(Number(text));
  const date = Date.parse(text);
  return Number.isNaN(date) ? null : Math.max(0, Math.ceil((date - nowMs) / 1000));
}
