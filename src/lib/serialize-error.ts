/** What the log may hold of an error that nobody expected. */
export interface SerializedError {
  readonly name: string;
  /** Absent where it can quote what could not be read. */
  readonly message?: string;
  /** Of Node and of libraries: `ECONNRESET`. */
  readonly code?: string;
  /** Where it was thrown, innermost first. */
  readonly at: readonly string[];
  readonly cause?: SerializedError;
}

/** Their messages quote: what is no JSON, no date, no time zone. */
const quoting = new Set(['SyntaxError', 'RangeError']);
const maxFrames = 20;
const maxCauses = 5;

/**
 * Enough to find the fault, and nothing of a practice: no property of the error (a library hangs requests, headers and
 * bodies there), and no message that quotes its input.
 */
export function serializeError(error: unknown, causes = maxCauses): SerializedError {
  if (!(error instanceof Error)) return { name: typeof error, at: [] };
  const { code } = error as NodeJS.ErrnoException;
  return {
    name: error.name,
    ...(!quoting.has(error.name) && { message: error.message }),
    ...(typeof code === 'string' && { code }),
    at: framesOf(error),
    ...(error.cause !== undefined && causes > 0 && { cause: serializeError(error.cause, causes - 1) }),
  };
}

/** A stack begins with the message, of any number of lines: only what looks like a frame is taken. */
function framesOf({ stack = '', message }: Error): readonly string[] {
  return stack
    .replace(message, '')
    .split('\n')
    .flatMap((line) => /^ {4}at (.*)$/.exec(line)?.[1] ?? [])
    .slice(0, maxFrames);
}
