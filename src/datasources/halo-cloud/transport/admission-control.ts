import { type HaloError, SiteUnavailable, UpstreamFailed } from '../../../errors.ts';
import type { StopSignal } from '../../../lib/stop.ts';
import type { Log } from '../../../log.ts';
import { createBreakers, type Verdict } from './breakers.ts';
import type { CallKind } from './call-kind.ts';
import { type CallOutcome, neverConnected } from './call-outcome.ts';
import { abortedAs } from './failure.ts';
import { createSiteConcurrency } from './site-concurrency.ts';
import type { CallContext } from './upstream-call.ts';

// Rests on assumption H31.

/**
 * Every call passes admission control before it is sent. A practice that does not answer gets no calls for a while, and no
 * practice takes all connections.
 */
export interface AdmissionControl {
  /** Why a call would not be sent now; undefined when it would be sent. */
  refusal(call: AdmittedCall, context: CallContext): HaloError | undefined;
  /**
   * Admits a call. Returns the callback that takes its outcome, or a promise of the callback if the call has to wait for a
   * slot. Throws or rejects without sending: SiteUnavailable or UpstreamFailed while a circuit breaker is open,
   * RateLimited when the queue is full, and the error of `abortedAs` when the signal is aborted.
   */
  enter(call: AdmittedCall, context: CallContext, signal: StopSignal): CallEnded | Promise<CallEnded>;
  /** Milliseconds until the next call is sent to a site that did not answer; 0: now. */
  sitePauseMs(haloGuid: string): number;
  state(): AdmissionState;
}

/** Takes the outcome of an admitted call. Call it exactly once. */
export type CallEnded = (outcome: CallOutcome) => void;

/** Numbers for the operator. */
export interface AdmissionState {
  /** Practices whose circuit breaker is open because they did not answer. */
  readonly sitesPaused: number;
  /** Whether the breaker of Halo Cloud itself is open because no connection could be established. */
  readonly cloudPaused: boolean;
  /** Calls that wait because their practice has too many in flight. */
  readonly callsQueued: number;
}

export interface AdmissionControlOptions {
  readonly log: Log;
  /** Milliseconds. */
  readonly clock: () => number;
  /** From 0 to below 1. @default Math.random */
  readonly random?: (() => number) | undefined;
  /** Connections for all practices together. */
  readonly connections: number;
}

interface AdmittedCall {
  readonly kind: CallKind;
  readonly haloGuid: string | null;
}

const failureThreshold = 5;
const firstPauseMs = 1_000;
const maxSitePauseMs = 60_000;
/** Shorter than for a site, because every practice depends on Halo Cloud. */
const maxCloudPauseMs = 10_000;
const maxConcurrentSiteCalls = 16;
const maxQueuedSiteCalls = 200;
const cloud = 'Halo Cloud';

/**
 * Each practice's site has a circuit breaker for the calls that are forwarded to it. Halo Cloud has one for connections
 * that cannot be established, because those failures are not the practice's.
 *
 * A call with extra headers carries a simulated fault. No breaker stops it, and its outcome changes no breaker.
 */
export function createAdmissionControl({
  log,
  clock,
  connections,
  random = Math.random,
}: AdmissionControlOptions): AdmissionControl {
  const limits = { threshold: failureThreshold, firstPauseMs, clock, random };
  const sites = createBreakers({
    ...limits,
    maxPauseMs: maxSitePauseMs,
    changed: (haloGuid, state) =>
      state === 'open'
        ? log.warn({ haloGuid }, 'A practice does not answer: its calls pause')
        : log.info({ haloGuid }, 'A practice answers again'),
  });
  const clouds = createBreakers({
    ...limits,
    maxPauseMs: maxCloudPauseMs,
    changed: (_, state) =>
      state === 'open'
        ? log.error({}, 'No connection to Halo Cloud: calls pause')
        : log.info({}, 'Halo Cloud answers again'),
  });
  const siteConcurrency = createSiteConcurrency({
    maxConcurrent: maxConcurrentSiteCalls,
    maxQueued: maxQueuedSiteCalls,
    connections,
  });

  function refusal(call: AdmittedCall, { simulatedFault }: CallContext): HaloError | undefined {
    if (simulatedFault !== undefined) return undefined;
    const cloudMs = clouds.pauseMs(cloud);
    if (cloudMs > 0)
      return new UpstreamFailed(null, {
        detail: `not sent: no connection, ${cloudMs} ms more`,
        heldBack: true,
      });
    const haloGuid = forwardedTo(call);
    const siteMs = haloGuid === null ? 0 : sites.pauseMs(haloGuid);
    if (siteMs === 0) return undefined;
    return new SiteUnavailable(
      { haloGuid, retryAfterSeconds: Math.ceil(siteMs / 1_000) },
      { detail: 'not sent: the site did not answer the calls before', heldBack: true },
    );
  }

  function admit(
    { kind }: AdmittedCall,
    { simulatedFault }: CallContext,
    haloGuid: string | null,
  ): CallEnded {
    if (simulatedFault !== undefined) return () => {};
    const reportCloud = clouds.admit(cloud);
    if (haloGuid === null) return (outcome) => reportCloud(verdictOnCloud(outcome));
    const reportSite = sites.admit(haloGuid);
    const answersBefore = siteConcurrency.answers(haloGuid);
    return (outcome) => {
      reportCloud(verdictOnCloud(outcome));
      if (outcome.failure === null) siteConcurrency.answered(haloGuid);
      // Other calls were answered in the meantime: the practice is slow, not unreachable.
      const isSlow = outcome.failure === 'unanswered' && siteConcurrency.answers(haloGuid) > answersBefore;
      reportSite(isSlow ? 'unknown' : verdictOnSite(kind, outcome));
    };
  }

  async function admitQueued(
    slot: Promise<() => void>,
    call: AdmittedCall,
    context: CallContext,
    haloGuid: string,
  ): Promise<CallEnded> {
    const release = await slot.catch((reason: unknown) => {
      throw abortedAs(call.kind, reason);
    });
    // The calls before it in the queue may have opened the breaker.
    const refused = refusal(call, context);
    if (refused) {
      release();
      throw refused;
    }
    return releasing(release, admit(call, context, haloGuid));
  }

  return {
    refusal,
    enter(call, context, signal) {
      const refused = refusal(call, context);
      if (refused) throw refused;
      const haloGuid = forwardedTo(call);
      if (haloGuid === null) return admit(call, context, null);
      const slot = siteConcurrency.enter(haloGuid, signal);
      if (slot instanceof Promise) return admitQueued(slot, call, context, haloGuid);
      return releasing(slot, admit(call, context, haloGuid));
    },
    sitePauseMs: sites.pauseMs,
    state: () => ({
      sitesPaused: sites.openCount(),
      cloudPaused: clouds.openCount() > 0,
      callsQueued: siteConcurrency.queued(),
    }),
  };
}

/** The outcome is reported before the slot goes to the next call. */
function releasing(release: () => void, report: CallEnded): CallEnded {
  return (outcome) => {
    report(outcome);
    release();
  };
}

/** The site that a call is forwarded to; null when Halo Cloud answers it itself. */
function forwardedTo({ kind, haloGuid }: AdmittedCall): string | null {
  return kind === 'sql' || kind === 'fhir' || kind === 'metadata' ? haloGuid : null;
}

function verdictOnCloud(outcome: CallOutcome): Verdict {
  if (outcome.status !== null) return 'reachable';
  return outcome.failure !== 'aborted' && neverConnected(outcome) ? 'unreachable' : 'unknown';
}

/**
 * What an outcome says about the site (assumption H29).
 * - Unreachable: 503, a response that says offline or unreachable, a connection that broke off, and a connection that stayed
 *   silent until the deadline.
 * - Unknown: 504 (the query may have reached the site), 429, Halo Cloud's own faults, a query that Halo Cloud only queued
 *   (201, 202), and a call whose caller soon gave up.
 * - Reachable: any other response, refusals included. Callers should see those themselves.
 */
function verdictOnSite(kind: CallKind, outcome: CallOutcome): Verdict {
  const { status, failure, siteAway } = outcome;
  if (failure !== null) return failure === 'aborted' || neverConnected(outcome) ? 'unknown' : 'unreachable';
  if (siteAway || status === 503) return 'unreachable';
  if (status === null || status === 429 || status >= 500) return 'unknown';
  return kind === 'sql' && (status === 201 || status === 202) ? 'unknown' : 'reachable';
}
