/**
 * What replicas have to agree on so that nothing is written twice: who holds an idempotency key, and what became of the
 * write that was sent under it. Keys are forgotten 24 hours after they were first used.
 */
import type { HaloError, HaloErrorCode } from '../errors.ts';

export const keptMs = 24 * 60 * 60 * 1000;

/** What a write came to: the PMS id of what it made, or the error with which the practice itself refused it. */
export type Outcome = { readonly id: string } | { readonly refused: HaloErrorCode };

export type Claim =
  /**
   * The key is the claimant's, who must end it with `settle`, `leaveUnknown` or `release`. `unknownSince`: when at the
   * latest an earlier write under the key was sent whose outcome nobody learnt (milliseconds since 1970); null: there was
   * none. A claimant that died without a word may have sent one until its claim was given up.
   */
  | { readonly state: 'mine'; readonly unknownSince: number | null }
  /** Somebody else holds it. `over` tells when no longer: what it failed with, or null when the key is to be claimed again. */
  | { readonly state: 'running'; readonly over: Promise<HaloError | null> }
  | { readonly state: 'settled'; readonly outcome: Outcome }
  /** A write under the key is over, but what is kept of it was not written by us: only the practice can tell. */
  | { readonly state: 'unreadable' }
  | { readonly state: 'other-input' };

/** Ending a claim never fails: what was written is the answer, whether or not it could be recorded. */
export interface IdempotencyStore {
  /**
   * Throws a HaloError, which says that nothing was written, where it cannot be told who holds the key.
   *
   * @param inputHash the same for the same input, and only then
   */
  claim(key: string, inputHash: string): Promise<Claim>;
  settle(key: string, outcome: Outcome): Promise<void>;
  /** Keeps the key: whoever claims it next learns that a write was sent. `failure` is for those who wait. */
  leaveUnknown(key: string, sentAt: number, failure: HaloError): Promise<void>;
  /** Nothing was written: the key is free again, for any input. With `failure`, those who wait fail alike. */
  release(key: string, failure: HaloError | null): Promise<void>;
}
