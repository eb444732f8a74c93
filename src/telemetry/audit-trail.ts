import { openSync, writeSync } from 'node:fs';
import type { AuditTrail } from '../datasources/practice/audit/patient-audit.ts';
import { createLog, type LineOutput, type Log } from '../log.ts';

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
