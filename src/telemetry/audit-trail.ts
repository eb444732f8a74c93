import { openSync, writeSync } from 'node:fs';
import { createLog, type LineOutput, type Log } from '../log.ts';

/**
 * Where it is recorded who read and changed what. It is no log: no level turns it off, and a line that cannot be written
 * is an error.
 */
export interface AuditTrail {
  info(fields: object, message: string): void;
  /** Everything so far is handed to the operating system when it returns. Throws where that is not possible. */
  flush?(): void;
  /** For the operator: what the trail does not take. */
  error(fields: object, message: string): void;
}

/** @param output of the lines; each is written when the trail is flushed */
export function createAuditTrail(output: LineOutput, operatorLog: Log): AuditTrail {
  const trail = createLog('info', output);
  return {
    info: (fields, message) => trail.info(fields, message),
    flush: () => output.flush(),
    error: operatorLog.error.bind(operatorLog),
  };
}

/**
 * Lines at the end of a file, which is created for its owner alone. Each write is done when it returns. Throws where the
 * file cannot be opened.
 */
export function fileOutput(path: string): LineOutput {
  const file = openSync(path, 'a', 0o600);
  let waiting = '';
  return {
    write(line) {
      waiting += line;
    },
    flush() {
      const bytes = Buffer.from(waiting);
      waiting = '';
      for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at);
    },
  };
}
