import type { ExecutionResult } from 'graphql';

const none: readonly string[] = [];

/** The codes in a result's masked `errors`, each once: of a thousand rows that failed alike, one is enough. */
export function codesIn({ errors }: ExecutionResult): readonly string[] {
  if (!errors) return none;
  return [...new Set(errors.map(({ extensions: { code } }) => String(code)))];
}
