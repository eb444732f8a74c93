import { MalformedResponse } from './malformed-response.ts';

/** Levels of JSON that anything of Halo Cloud's or a practice's may have. */
const maxLevels = 100;

/**
 * The value itself. Throws MalformedResponse for one that is nested deeper: JSON.parse reads it, and JSON.stringify, which is called for
 * the response or for a change of it, ends the stack.
 */
export function notNestedDeeply<T>(value: T): T {
  let level: unknown[] = [value];
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > maxLevels) throw new MalformedResponse(`nested more than ${maxLevels} levels deep`);
    const below: unknown[] = [];
    for (const each of level) {
      const parts: readonly unknown[] = Array.isArray(each) ? each : Object.values(each ?? {});
      for (const part of parts) if (typeof part === 'object' && part !== null) below.push(part);
    }
    level = below;
  }
  return value;
}
