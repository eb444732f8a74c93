import type { z } from 'zod';

/** An answer that cannot be used. `what` is for the operator's log: what was wrong, never what was in it. */
export class MalformedResponse extends Error {
  constructor(what: string) {
    super(what);
    this.name = 'MalformedResponse';
  }
}

/** Holds a body against a schema. Throws MalformedResponse with the paths that do not fit. */
export function shaped<S extends z.ZodType>(schema: S, body: unknown, what: string): z.output<S> {
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues
    .slice(0, 5)
    .map((issue) => `${issue.path.join('.') || 'it'} (${issue.code})`);
  throw new MalformedResponse(`not ${what}: ${faults.join(', ')}`);
}
