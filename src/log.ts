/** The operator's log: JSON lines on standard output. Never a patient's detail, a key, a query string or a body. */
import { destination as openDestination, pino } from 'pino';
import { serializeError } from './lib/serialize-error.ts';

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

/** Lines that are written together. */
export interface LineOutput extends LogDestination {
  /** Writes what waits. */
  flush(): void;
}

/** A log of its own destination (standard output by default); times are ISO 8601 in UTC, levels are words. */
export function createLog(level: LogLevel, destination: LogDestination = standardOutput()): Log {
  const options = {
    level,
    base: null,
    timestamp: lineTime(),
    serializers: { err: (error: unknown) => serializeError(error) },
    formatters: { level: (label: string) => ({ level: label }) },
  };
  return pino(options, destination);
}

/** The member `,"time":"…"` of a line. It is formatted once for all lines of a millisecond. */
export function lineTime(): () => string {
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

/** Lines wait for others so long at most. */
const batchMs = 10;
const batchLength = 64 * 1024;

/**
 * Standard output, by 64 kB and at least every ten milliseconds: a write for each line would cost more than the line. What is
 * left is written when the process exits; one that is killed loses that much. Each write is done when it returns: one that a
 * thread is still to do would be lost with the process.
 * @param onClosed called once, when nobody reads standard output any more; what is written afterwards is dropped
 */
export function standardOutput(onClosed: () => void = () => process.exit(1)): LineOutput {
  const output = openDestination({ dest: 1, sync: true });
  let waiting = '';
  let timer: NodeJS.Timeout | undefined;
  let closed = false;
  output.on('error', () => {
    if (closed) return;
    closed = true;
    onClosed();
  });
  const flush = () => {
    clearTimeout(timer);
    timer = undefined;
    if (waiting === '') return;
    const lines = waiting;
    waiting = '';
    if (!closed) output.write(lines);
  };
  process.once('exit', flush);
  return {
    write(line) {
      waiting += line;
      if (waiting.length >= batchLength) flush();
      else timer ??= setTimeout(flush, batchMs).unref();
    },
    flush,
  };
}
