import type { ExecutionResult } from 'graphql';

const none: readonly string[] = [];

/** The codes in a result's masked `errors`, each once, however many rows failed with it. */
export function codesIn({ errors }: ExecutionResult): readonly string[] {
  if (!errors) return none;
  return [...new Set(errors.map(({ extensions: { code } }) => String(code)))];
}
