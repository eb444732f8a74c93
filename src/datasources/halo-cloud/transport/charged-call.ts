/**
 * What Halo Cloud charges for (assumption H1): each SQL query, in whichever of the three modes it is sent, and each FHIR
 * request that reaches a practice, reading or writing. Look-ups, pairing, what Halo Cloud keeps of queries, and `metadata`,
 * which never touches the practice's database, are calls and no charges.
 */
import type { Answer } from './answer-error.ts';
import type { CallKind } from './upstream-call.ts';

const chargedKinds: Readonly<Record<CallKind, boolean>> = {
  sites: false,
  site: false,
  pairing: false,
  metadata: false,
  status: false,
  result: false,
  sql: true,
  fhir: true,
};

/** Answers that Halo Cloud gives by itself, before anything is sent to the practice. */
const turnedAway: ReadonlySet<number> = new Set([401, 403, 404, 429, 503]);
/** Failures of a connection that never came about. */
const neverSent: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'UND_ERR_CONNECT_TIMEOUT',
]);

/** Whether a call failed before anything could be sent. */
export function neverConnected({ connected, failure }: CallOutcome): boolean {
  return failure !== null && (!connected || neverSent.has(failure));
}

export function isCharged(kind: CallKind): boolean {
  return chargedKinds[kind];
}

/** How a call ended: the status, else the code of the failed connection. */
export interface CallOutcome {
  /** There was a connection, and the request went out. */
  connected: boolean;
  status: number | null;
  failure: string | null;
  /** The answer said that the site is offline or unreachable. */
  siteAway: boolean;
  /** An answer that is an error. */
  errorAnswer: Answer | null;
}

/** Of a call that is about to be sent. */
export const noOutcome = (): CallOutcome => ({
  connected: false,
  status: null,
  failure: null,
  siteAway: false,
  errorAnswer: null,
});

/** Whether the practice was reached, or may have been, for all that the outcome tells. */
export function mayHaveReachedPractice(outcome: CallOutcome): boolean {
  const { status, siteAway } = outcome;
  if (status !== null) return !siteAway && !turnedAway.has(status);
  return !neverConnected(outcome);
}
