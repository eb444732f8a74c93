import { engineOn } from './switch.ts';

/**
 * Creates a function with these parameters and this body. Null if Node does not allow generated code, and with `ENGINE=off`.
 * Only this file generates code. The body may contain only our own text, names of letters, digits and underscores, and JSON.
 */
export function functionOf<T extends (...args: never[]) => unknown>(
  parameters: readonly string[],
  body: string,
): T | null {
  if (!engineOn) return null;
  try {
    return new Function(...parameters, body) as unknown as T;
  } catch (error) {
    // `node --disallow-code-generation-from-strings`
    if (error instanceof EvalError) return null;
    throw error;
  }
}
