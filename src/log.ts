/** The operator's log: JSON lines on standard output. Never a patient's detail, a key, a query string or a body. */
import { destination as openDestination, pino } from 'pino';
import { toldError } from './told-error.ts';

/** What the code logs through; pino satisfies it, and so does a test's collector. */
export interface Log {
  debug(fields: object, message: string): void;
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

export type LogLevel = 'debug' | 'info' | 'warn' | 'error' | 'silent';

/** Where lines go, one after the other, each with its line feed. */
export interface LogDestination {
  write(line: string): void;
}

/** A log of its own destination (standard output by default); times are ISO 8601 in UTC, levels are words. */
export function createLog(level: LogLevel, destination: LogDestination = inBatches()): Log {
  const options = {
    level,
    base: null,
    timestamp: timeOfLines(),
    serializers: { err: (error: unknown) => toldError(error) },
    formatters: { level: (label: string) => ({ level: label }) },
  };
  return pino(options, destination);
}

/** Lines wait for others so long at most. */
const batchMs = 10;
const batchBytes = 12 * 1024;

/**
 * Standard output, by 12 kB and at least every ten milliseconds: a write for each line would cost more than the line. What is
 * left is written when the process exits; one that is killed loses that much.
 */
function inBatches(): LogDestination {
  const output = openDestination({ dest: 1, minLength: batchBytes, sync: false });
  let waiting = false;
  const flush = () => {
    waiting = false;
    output.flush();
  };
  return {
    write(line) {
      output.write(line);
      if (waiting) return;
      waiting = true;
      setTimeout(flush, batchMs).unref();
    },
  };
}

/** Written out once for all lines of a millisecond: those of one operation come together. */
function timeOfLines(): () => string {
  let ms = Number.NaN;
  let text = '';
  return () => {
    const now = Date.now();
    if (now !== ms) {
      ms = now;
      text = `,"time":"${new Date(now).toISOString()}"`;
    }
    return text;
  };
}
