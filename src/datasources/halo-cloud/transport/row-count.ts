import { z } from 'zod';

/** A whole number as Halo Cloud counts: a JSON number or its digits; may be missing. */
export const wireCount = z
  .union([
    z.number(),
    z
      .string()
      .regex(/^-?\d+$/)
      .transform(Number),
  ])
  .nullish();
