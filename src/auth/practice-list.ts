import { z } from 'zod';

/** Bp Site IDs, or `["*"]` for all of them. A star among ids would be a slip that opens every practice. */
export const practiceList = z
  .array(z.string().trim().min(1))
  .refine((list) => list.length <= 1 || !list.includes('*'), 'must be Bp Site IDs, or "*" alone')
  .transform((list): readonly string[] | 'all' => (list[0] === '*' ? 'all' : list));
