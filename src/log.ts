/** The operator's log: JSON lines on standard output. Never a patient's detail, a key, a query string or a body. */
import { pino } from 'pino';
import { toldError } from './told-error.ts';

/** What the code logs through; pino satisfies it, and so does a test's collector. */
export interface Log {
  debug(fields: object, message: string): void;
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

export type LogLevel = 'debug' | 'info' | 'warn' | 'error' | 'silent';

/** A log of its own destination (standard output by default); times are ISO 8601 in UTC, levels are words. */
export function createLog(level: LogLevel, destination?: { write(line: string): void }): Log {
  const options = {
    level,
    base: null,
    timestamp: timeOfLines(),
    serializers: { err: (error: unknown) => toldError(error) },
    formatters: { level: (label: string) => ({ level: label }) },
  };
  return destination ? pino(options, destination) : pino(options);
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
