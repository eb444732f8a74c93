/** The operator's log: JSON lines on standard output. It never contains patient data, keys, query strings or bodies. */
import { destination as openDestination, pino } from 'pino';
import { serializeError } from './lib/serialize-error.ts';

/** The interface of a logger. pino implements it, and so do the tests. */
export interface Log {
  debug(fields: object, message: string): void;
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

export type LogLevel = 'debug' | 'info' | 'warn' | 'error' | 'silent';

/** Receives log lines. Each ends with a line feed. */
export interface LogDestination {
  write(line: string): void;
}

/** A destination that writes lines in batches. */
export interface LineOutput extends LogDestination {
  /** Writes all buffered lines. */
  flush(): void;
}

/** Creates a logger. Times are ISO 8601 in UTC, levels are words. @param destination default: standard output */
export function createLog(level: LogLevel, destination: LogDestination = standardOutput()): Log {
  const options = {
    level,
    base: null,
    timestamp: lineTime(),
    serializers: { err: (error: unknown) => serializeError(error) },
    formatters: { level: (label: string) => ({ level: label }) },
  };
  const logger = pino(options, destination);
  if (!logger.isLevelEnabled('info')) return logger;
  const timeOf = lineTime();
  return {
    debug: logger.debug.bind(logger),
    info(fields, message) {
      if ('err' in fields) logger.info(fields, message);
      else destination.write(infoLine(timeOf(), JSON.stringify(fields), message));
    },
    warn: logger.warn.bind(logger),
    error: logger.error.bind(logger),
  };
}

/**
 * A line of the level info, in the same form as pino's. It is written for each operation, and one JSON.stringify takes a third
 * of pino's time.
 * @param time as `lineTime` returns it
 * @param fields an object in JSON
 */
export function infoLine(time: string, fields: string, message: string): string {
  const members = fields.slice(1, -1);
  return `{"level":"info"${time}${members === '' ? '' : `,${members}`},"msg":${JSON.stringify(message)}}\n`;
}

/** Returns the member `,"time":"…"` of a line. All lines of a millisecond share one formatted text. */
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

/** Maximum time that a line is buffered. */
const batchMs = 10;
const batchLength = 64 * 1024;

/**
 * Writes to standard output in batches of 64 kB, at least every ten milliseconds, because one write for each line is slow.
 * Buffered lines are written when the process exits, and lost when it is killed. Writes are synchronous, because pending
 * asynchronous writes would be lost when the process exits.
 * @param onClosed called once, when the reader of standard output has closed it; later lines are dropped
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
    if (waiting === '') return;
    const lines = waiting;
    waiting = '';
    if (!closed) output.write(lines);
  };
  // It is not cleared by `flush`: the next lines need it again.
  const flushInTime = () => {
    timer = undefined;
    flush();
  };
  process.once('exit', flush);
  return {
    write(line) {
      waiting += line;
      if (waiting.length >= batchLength) flush();
      else if (!timer) timer = setTimeout(flushInTime, batchMs).unref();
    },
    flush,
  };
}
