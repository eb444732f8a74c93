/** An HTTP response of Halo Cloud. */
export interface UpstreamResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  /** Parsed JSON; undefined when the body was not JSON. */
  readonly body: unknown;
}

/** How a call ended. It has a status, or the code of the connection that failed. */
export interface CallOutcome {
  /** A connection was open and the request was sent. */
  connected: boolean;
  status: number | null;
  failure: string | null;
  /** The response said that the site is offline or unreachable. */
  siteAway: boolean;
  /** The response, if it was an error. */
  errorResponse: UpstreamResponse | null;
}

/** The outcome of a call that is about to be sent. */
export const noOutcome = (): CallOutcome => ({
  connected: false,
  status: null,
  failure: null,
  siteAway: false,
  errorResponse: null,
});

/** Halo Cloud sends these statuses itself, before it forwards anything to the practice. */
const notForwarded: ReadonlySet<number> = new Set([401, 403, 404, 429, 503]);
/** Codes of connections that were never established. */
const connectFailures: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'UND_ERR_CONNECT_TIMEOUT',
]);

/** Whether a call failed before anything could be sent. */
export function neverConnected({ connected, failure }: CallOutcome): boolean {
  return failure !== null && (!connected || connectFailures.has(failure));
}

/** Whether the call reached the practice, or may have reached it. */
export function mayHaveReachedPractice(outcome: CallOutcome): boolean {
  const { status, siteAway } = outcome;
  if (status !== null) return !siteAway && !notForwarded.has(status);
  return !neverConnected(outcome);
}
