import type { BookReader } from './book-reader.ts';
import { type BookRange, type BookRow, bookRow, detectedFields } from './book-row.ts';

/** Detects changes at the practice for a watch. */
export interface Detector {
  /** Starts to detect changes. Called before the book is read. Throws a HaloError. */
  start(): Promise<void>;
  /** The current rows of the book. Null: there are no changes. Throws a HaloError if it cannot be determined. */
  detect(): Promise<ReadonlyMap<string, BookRow> | null>;
  /** The book was read because of a write through this API. Results that look unchanged are compared with it again. */
  bookChanged?(): void;
  /** Seconds until the next check, counted from the end of the last one. */
  readonly intervalSeconds: number;
  /** Maximum seconds until a change at the practice, or a gap, is sent. */
  readonly maxLagSeconds: number;
  /** Stops the detection, also at Halo Cloud. Never throws. */
  stop(): Promise<void>;
  /** Stops here, because another replica continues with the query at Halo Cloud. */
  abandon?(): void;
  /** Stops a query at Halo Cloud that a crashed replica left for this book. Never throws. */
  cancelLeft?(): Promise<void>;
}

/** Reads the rows at intervals, with one charged call each time. */
export function pollingDetector(
  reader: BookReader,
  range: BookRange,
  { pollSeconds, readSeconds }: { readonly pollSeconds: number; readonly readSeconds: number },
): Detector {
  return {
    start: async () => {},
    async detect() {
      const { appointments: found } = await reader.appointments({ ...range, fields: detectedFields });
      return new Map(found.map((appointment) => [appointment.pmsId, bookRow(appointment)]));
    },
    intervalSeconds: pollSeconds,
    // The check that finds the change, and the read of the changed appointments.
    maxLagSeconds: pollSeconds + 2 * readSeconds,
    stop: async () => {},
  };
}
