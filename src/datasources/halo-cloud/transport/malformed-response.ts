import type { z } from 'zod';

/** A malformed response. `what` is for the log of the operator: what is wrong, never a value from the response. */
export class MalformedResponse extends Error {
  constructor(what: string) {
    super(what);
    this.name = 'MalformedResponse';
  }
}

/** Parses a body by a schema. Throws MalformedResponse with the paths that do not match. */
export function shaped<S extends z.ZodType>(schema: S, body: unknown, what: string): z.output<S> {
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues
    .slice(0, 5)
    .map((issue) => `${issue.path.join('.') || 'body'} (${issue.code})`);
  throw new MalformedResponse(`not ${what}: ${faults.join(', ')}`);
}
