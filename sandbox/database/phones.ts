import { fictionMobiles } from './names.ts';
import type { Random } from './random.ts';

/** A mobile number of the fiction range, with blanks or without: the database keeps numbers as they were typed. */
export function mobile(random: Random): string {
  const digits = random.pick(fictionMobiles);
  return random.chance(0.7) ? `${digits.slice(0, 4)} ${digits.slice(4, 7)} ${digits.slice(7)}` : digits;
}

/** A land line of the two fiction blocks of an area: `(0X) 5550 XXXX` or `(0X) 7010 XXXX`. */
export function landline(random: Random, area: string): string {
  const block = random.chance(0.5) ? '5550' : '7010';
  return `(${area}) ${block} ${String(random.between(0, 9999)).padStart(4, '0')}`;
}
