import { z } from 'zod';

/** A count from Halo Cloud: a JSON number, or a string of digits. May be missing. */
export const wireCount = z
  .union([
    z.number(),
    z
      .string()
      .regex(/^-?\d+$/)
      .transform(Number),
  ])
  .nullish();
