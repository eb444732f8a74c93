import { MalformedResponse } from './malformed-response.ts';

/** For all JSON from Halo Cloud and practices. */
const maxLevels = 100;

/**
 * Returns the value. Throws MalformedResponse when it is nested more than 100 levels deep: JSON.parse accepts such a value,
 * but JSON.stringify would later overflow the stack.
 */
export function checkNesting<T>(value: T): T {
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
