import { engineOn } from './switch.ts';

/**
 * A function with these parameters and this text as its body. Null where Node may not make code of texts, and with
 * `ENGINE=off`. This is the only place that makes code. Callers put nothing into a text but names of letters, digits and
 * underscores, and JSON.
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
