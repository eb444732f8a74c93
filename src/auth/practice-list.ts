import { z } from 'zod';

/** Bp Site IDs, or `["*"]` for all. A star among ids is refused, because by mistake it would allow every practice. */
export const practiceList = z
  .array(z.string().trim().min(1))
  .refine((list) => list.length <= 1 || !list.includes('*'), 'must be Bp Site IDs, or "*" alone')
  .transform((list): readonly string[] | 'all' => (list[0] === '*' ? 'all' : list));
