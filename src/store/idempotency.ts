/**
 * State that replicas share so that nothing is written twice: who holds an idempotency key, and the outcome of its write. Keys
 * expire 24 hours after their first use.
 */
import type { HaloErrorCode } from '../error-codes.ts';
import type { HaloError } from '../errors.ts';

export const keptMs = 24 * 60 * 60 * 1000;

/** The outcome of a write: the PMS id of the new record, or the error with which the practice refused it. */
export type Outcome = { readonly id: string } | { readonly refused: HaloErrorCode };

export type Claim =
  /**
   * The caller now holds the key and must end the claim with `settle`, `leaveUnknown` or `release`. `unknownSince`: the latest
   * time at which an earlier write with unknown outcome may have been sent under the key (milliseconds since 1970); null if
   * there was none. A holder that crashed may have sent a write until its lease ended.
   */
  | { readonly state: 'mine'; readonly unknownSince: number | null }
  /** Another request holds the key. `over` resolves when it ends: to its failure, or to null if the key can be claimed again. */
  | { readonly state: 'running'; readonly over: Promise<HaloError | null> }
  | { readonly state: 'settled'; readonly outcome: Outcome }
  /** A write under the key has ended, but no replica wrote the stored outcome. Only the practice knows the outcome. */
  | { readonly state: 'unreadable' }
  | { readonly state: 'other-input' };

/**
 * The methods that end a claim never throw. The caller gets the result of a write that was made, even if it could not be
 * recorded.
 */
export interface IdempotencyStore {
  /**
   * Throws a HaloError, which says that nothing was written, if the holder of the key cannot be determined.
   *
   * @param inputHash equal for equal inputs only
   */
  claim(key: string, inputHash: string): Promise<Claim>;
  settle(key: string, outcome: Outcome): Promise<void>;
  /** Keeps the key. The next claim learns that a write was sent. `failure` is passed to requests that wait. */
  leaveUnknown(key: string, sentAt: number, failure: HaloError): Promise<void>;
  /** Nothing was written: the key is free for any input. With a `failure`, requests that wait fail with it too. */
  release(key: string, failure: HaloError | null): Promise<void>;
}
