import type { Instant } from '../../../time/types.ts';

/** Parses a time of Halo Cloud: UTC, with or without an offset. Null for a missing or malformed time. */
export function utcInstant(value: string | null | undefined): Instant | null {
  if (!value) return null;
  const time = Date.parse(/(z|[+-]\d\d:?\d\d)$/i.test(value) ? value : `${value}Z`);
  return Number.isNaN(time) ? null : new Date(time).toISOString().replace(/\.\d+Z$/, 'Z');
}
