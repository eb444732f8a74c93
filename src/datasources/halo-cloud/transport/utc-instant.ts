import type { Instant } from '../../../time/types.ts';

/** A time of Halo Cloud's, which is in UTC with or without an offset; null for none and for what is no time. */
export function utcInstant(value: string | null | undefined): Instant | null {
  if (!value) return null;
  const time = Date.parse(/(z|[+-]\d\d:?\d\d)$/i.test(value) ? value : `${value}Z`);
  return Number.isNaN(time) ? null : new Date(time).toISOString().replace(/\.\d+Z$/, 'Z');
}
