/** An unexpected error as it may be logged. */
export interface SerializedError {
  readonly name: string;
  /** Absent if it can quote the input. */
  readonly message?: string;
  /** The code of Node or a library, such as `ECONNRESET`. */
  readonly code?: string;
  /** Where it was thrown, innermost first. */
  readonly at: readonly string[];
  readonly cause?: SerializedError;
}

/** Their messages quote the input: invalid JSON, dates, time zones. */
const quoting = new Set(['SyntaxError', 'RangeError']);
const maxFrames = 20;
const maxCauses = 5;

/**
 * Serialises what is needed to find the fault, without data of a practice. Properties of the error are left out, because
 * libraries attach requests, headers and bodies; so are messages that quote their input.
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

/** A stack starts with the message, which can have several lines. Only lines that look like frames are taken. */
function framesOf({ stack = '', message }: Error): readonly string[] {
  return stack
    .replace(message, '')
    .split('\n')
    .flatMap((line) => /^ {4}at (.*)$/.exec(line)?.[1] ?? [])
    .slice(0, maxFrames);
}
