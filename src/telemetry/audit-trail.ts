import { closeSync, fstatSync, openSync, readSync, writeSync } from 'node:fs';
import type { AuditTrail } from '../datasources/practice/audit/patient-audit.ts';
import { infoLine, type LineOutput, type Log, lineTime } from '../log.ts';

/** Responses that wait for the same write. */
interface Batch {
  readonly written: Promise<void>;
  resolve(): void;
  reject(error: unknown): void;
}

/** @param output lines are written to it when the trail is flushed */
export function createAuditTrail(output: LineOutput, operatorLog: Log): AuditTrail {
  const timeOf = lineTime();
  let waiting: Batch | undefined;

  /** Responses that wait for this write get its outcome, whichever call caused it. */
  function flush(): void {
    const batch = waiting;
    waiting = undefined;
    try {
      output.flush();
      batch?.resolve();
    } catch (error) {
      batch?.reject(error);
      throw error;
    }
  }

  /** After the callbacks of all sockets that are ready in this turn of the event loop. */
  function flushLater(): void {
    if (!waiting) return;
    try {
      flush();
    } catch {
      // The batch has rejected.
    }
  }

  return {
    info: (fields, message) => output.write(infoLine(timeOf(), JSON.stringify(fields), message)),
    infoText: (fields, message) => output.write(infoLine(timeOf(), fields, message)),
    flush,
    flushed() {
      if (!waiting) {
        waiting = newBatch();
        setImmediate(flushLater);
      }
      return waiting.written;
    },
    error: operatorLog.error.bind(operatorLog),
  };
}

function newBatch(): Batch {
  let resolve = () => {};
  let reject = (_error: unknown) => {};
  const written = new Promise<void>((...settle) => {
    [resolve, reject] = settle;
  });
  return { written, resolve, reject };
}

const lineFeed = 0x0a;

/**
 * Appends lines to a file, which is created with mode 600. `flush` writes synchronously. When it fails in the middle of a line, or an
 * earlier process ended there, the next line still begins as a line of its own. Throws if the file cannot be opened.
 */
export function fileOutput(path: string): LineOutput {
  const file = openSync(path, 'a', 0o600);
  let waiting = '';
  let isLineEnded = endsWithLine(path, fstatSync(file).size);
  return {
    write(line) {
      waiting += line;
    },
    flush() {
      if (waiting === '') return;
      const bytes = Buffer.from(isLineEnded ? waiting : `\n${waiting}`);
      waiting = '';
      let at = 0;
      try {
        while (at < bytes.length) at += writeSync(file, bytes, at);
      } finally {
        if (at > 0) isLineEnded = bytes[at - 1] === lineFeed;
      }
    },
  };
}

/** @param size in bytes; 0 for a pipe, which has no last byte to read */
function endsWithLine(path: string, size: number): boolean {
  if (size === 0) return true;
  try {
    const file = openSync(path, 'r');
    const last = Buffer.alloc(1);
    try {
      readSync(file, last, 0, 1, size - 1);
    } finally {
      closeSync(file);
    }
    return last[0] === lineFeed;
  } catch {
    // This process may only append to the file. An empty line does less harm than two lines in one.
    return false;
  }
}
