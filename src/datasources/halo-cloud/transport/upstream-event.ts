import type { CallKind } from './call-kind.ts';

/** One completed call to Halo Cloud, for metrics and traces. It contains no data of a practice or a caller. */
export interface UpstreamEvent {
  readonly kind: CallKind;
  readonly method: string;
  /** The path without ids. */
  readonly route: string;
  /** The addressed site; null when the call named the site by its PMS ID. */
  readonly haloGuid: string | null;
  /** HTTP status; null without a response. */
  readonly status: number | null;
  /** Code of the failed connection; `aborted` or `unanswered` when the deadline or the caller cut the call. */
  readonly failure: string | null;
  readonly ms: number;
  /** Whether Halo Cloud charges for the call, as far as the outcome shows. */
  readonly charged: boolean;
  readonly retried: boolean;
}
