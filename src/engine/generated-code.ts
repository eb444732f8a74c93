/** A function of one parameter with this text as its body; null where Node may not make code of texts. */
export function functionOf<T extends (argument: never) => unknown>(
  parameter: string,
  body: string,
): T | null {
  try {
    return new Function(parameter, body) as unknown as T;
  } catch (error) {
    // `node --disallow-code-generation-from-strings`
    if (error instanceof EvalError) return null;
    throw error;
  }
}
