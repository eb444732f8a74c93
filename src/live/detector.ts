import type { BookReader } from './book-reader.ts';
import { type BookRange, type BookRow, bookRow, detectedFields } from './book-row.ts';

/** How a watch learns that something changed at the practice. */
export interface Detector {
  /** Makes sure that changes are detected from now on, before the book is read. Throws a HaloError. */
  start(): Promise<void>;
  /** The rows of the book as they are now; null: nothing is new. Throws a HaloError when that is not known. */
  detect(): Promise<ReadonlyMap<string, BookRow> | null>;
  /** Seconds until the next look, counted from the end of the last one. */
  readonly intervalSeconds: number;
  /** Seconds until a change at the practice is an event, or a gap is. */
  readonly maxLagSeconds: number;
  /** Nothing is detected any more: nothing keeps running at Halo Cloud. Never throws. */
  stop(): Promise<void>;
  /** Another replica goes on with what runs at Halo Cloud. */
  abandon?(): void;
  /** Ends what a replica that is gone left running at Halo Cloud for this book. Never throws. */
  cancelLeft?(): Promise<void>;
}

/** Reads the rows again and again: one charged call each time. */
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
    // The look that finds it, and the read of what it found.
    maxLagSeconds: pollSeconds + 2 * readSeconds,
    stop: async () => {},
  };
}
