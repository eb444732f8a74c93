import type { CallKind } from './upstream-call.ts';

/** One call of Halo Cloud that is over, for metrics and traces. Nothing in it comes from a practice or a caller. */
export interface UpstreamEvent {
  readonly kind: CallKind;
  readonly method: string;
  /** The path with its ids left out. */
  readonly route: string;
  /** The site addressed; null where it was named by its PMS ID. */
  readonly haloGuid: string | null;
  /** HTTP status; null when no answer came. */
  readonly status: number | null;
  /** Code of the failed connection, or `aborted`: by the deadline, or because the caller had gone. */
  readonly failure: string | null;
  readonly ms: number;
  /** Whether Halo Cloud charges for it, as far as the outcome tells. */
  readonly charged: boolean;
  /** Whether it was an attempt after the first. */
  readonly retried: boolean;
}
