import { type HaloError, SiteUnavailable, UpstreamFailed } from '../../../errors.ts';
import type { StopSignal } from '../../../lib/stop.ts';
import type { Log } from '../../../log.ts';
import { createBreakers, type Verdict } from './breakers.ts';
import { type CallOutcome, neverConnected } from './charged-call.ts';
import { abortedAs } from './failure.ts';
import { createSiteConcurrency } from './site-concurrency.ts';
import type { CallContext, CallKind } from './upstream-call.ts';

// Rests on assumption H31.

/** What every call passes before it is sent: whoever does not answer is left alone, and no practice takes all connections. */
export interface AdmissionControl {
  /** Why a call would not be sent at this moment; undefined: it would. */
  refusal(call: AdmittedCall, context: CallContext): HaloError | undefined;
  /**
   * What is to be told how the call ended; a promise of it where a place has to be waited for. Throws, or rejects, with
   * nothing sent: SiteUnavailable and UpstreamFailed while nobody answers, RateLimited when too many wait, and what an
   * abortion of the signal means.
   */
  enter(call: AdmittedCall, context: CallContext, signal: StopSignal): Leave | Promise<Leave>;
  state(): AdmissionState;
}

/** Told how a call ended that was let in: once. */
export type Leave = (outcome: CallOutcome) => void;

/** Numbers for whoever watches the process. */
export interface AdmissionState {
  /** Practices that are left alone because they did not answer. */
  readonly sitesPaused: number;
  /** Whether Halo Cloud itself is, because no connection came about. */
  readonly cloudPaused: boolean;
  /** Calls that wait because their practice is busy with others. */
  readonly callsInLine: number;
}

export interface AdmissionControlOptions {
  readonly log: Log;
  /** Milliseconds. */
  readonly clock: () => number;
  /** From 0 to below 1. @default Math.random */
  readonly random?: (() => number) | undefined;
  /** How many there are for all practices. */
  readonly connections: number;
}

interface AdmittedCall {
  readonly kind: CallKind;
  readonly haloGuid: string | null;
}

const breaksAfter = 5;
const firstPauseMs = 1_000;
const longestSitePauseMs = 60_000;
/** Everybody waits for Halo Cloud itself: it is asked more often than a practice that is away. */
const longestCloudPauseMs = 10_000;
const siteCallsAtOnce = 16;
const siteCallsInLine = 200;
const cloud = 'Halo Cloud';

/**
 * One breaker for each practice's site, for what goes to the practice: look-ups, and what Halo Cloud keeps of queries, it
 * answers by itself. And one for Halo Cloud, for connections that do not come about: they say nothing of any practice.
 * Calls with headers of their own, which carry faults made up on purpose, neither obey a breaker nor teach it anything.
 */
export function createAdmissionControl({
  log,
  clock,
  connections,
  random = Math.random,
}: AdmissionControlOptions): AdmissionControl {
  const limits = { threshold: breaksAfter, firstPauseMs, clock, random };
  const sites = createBreakers({
    ...limits,
    longestPauseMs: longestSitePauseMs,
    changed: (haloGuid, state) =>
      state === 'broken'
        ? log.warn({ haloGuid }, 'A practice does not answer: its calls pause')
        : log.info({ haloGuid }, 'A practice answers again'),
  });
  const clouds = createBreakers({
    ...limits,
    longestPauseMs: longestCloudPauseMs,
    changed: (_, state) =>
      state === 'broken'
        ? log.error({}, 'No connection to Halo Cloud: calls pause')
        : log.info({}, 'Halo Cloud answers again'),
  });
  const lanes = createSiteConcurrency({ atOnce: siteCallsAtOnce, inLine: siteCallsInLine, connections });

  function refusal(call: AdmittedCall, { passHeaders }: CallContext): HaloError | undefined {
    if (isFaulted(passHeaders)) return undefined;
    const cloudMs = clouds.pauseMs(cloud);
    if (cloudMs > 0)
      return new UpstreamFailed(null, { detail: `not sent: no connection, ${cloudMs} ms more` });
    const haloGuid = practiceAsked(call);
    const siteMs = haloGuid === null ? 0 : sites.pauseMs(haloGuid);
    if (siteMs === 0) return undefined;
    return new SiteUnavailable(
      { haloGuid, retryAfterSeconds: Math.ceil(siteMs / 1_000) },
      { detail: 'not sent: the site did not answer the calls before' },
    );
  }

  function admit({ kind }: AdmittedCall, { passHeaders }: CallContext, haloGuid: string | null): Leave {
    if (isFaulted(passHeaders)) return () => {};
    const tellCloud = clouds.admit(cloud);
    if (haloGuid === null) return (outcome) => tellCloud(onHaloCloud(outcome));
    const tellSite = sites.admit(haloGuid);
    const answersBefore = lanes.answers(haloGuid);
    return (outcome) => {
      tellCloud(onHaloCloud(outcome));
      if (outcome.failure === null) lanes.answered(haloGuid);
      // Others got answers meanwhile: the practice is slow, or has much to do.
      const isSlow = outcome.failure === 'unanswered' && lanes.answers(haloGuid) > answersBefore;
      tellSite(isSlow ? 'unsure' : onSite(kind, outcome));
    };
  }

  async function afterWaiting(
    place: Promise<() => void>,
    call: AdmittedCall,
    context: CallContext,
    haloGuid: string,
  ): Promise<Leave> {
    const giveBack = await place.catch((reason: unknown) => {
      throw abortedAs(call.kind, reason);
    });
    // Those before it in line may have found the site away.
    const refused = refusal(call, context);
    if (refused) {
      giveBack();
      throw refused;
    }
    return leaving(giveBack, admit(call, context, haloGuid));
  }

  return {
    refusal,
    enter(call, context, signal) {
      const refused = refusal(call, context);
      if (refused) throw refused;
      const haloGuid = practiceAsked(call);
      if (haloGuid === null) return admit(call, context, null);
      const place = lanes.enter(haloGuid, signal);
      if (place instanceof Promise) return afterWaiting(place, call, context, haloGuid);
      return leaving(place, admit(call, context, haloGuid));
    },
    state: () => ({
      sitesPaused: sites.broken(),
      cloudPaused: clouds.broken() > 0,
      callsInLine: lanes.inLine(),
    }),
  };
}

/** The end of a call is told before its place is given to the next. */
function leaving(giveBack: () => void, tell: Leave): Leave {
  return (outcome) => {
    tell(outcome);
    giveBack();
  };
}

/** The site of a call that goes on to the practice; null for what Halo Cloud answers by itself. */
function practiceAsked({ kind, haloGuid }: AdmittedCall): string | null {
  return kind === 'sql' || kind === 'fhir' || kind === 'metadata' ? haloGuid : null;
}

function isFaulted(passHeaders: CallContext['passHeaders']): boolean {
  return Object.keys(passHeaders).length > 0;
}

function onHaloCloud(outcome: CallOutcome): Verdict {
  if (outcome.status !== null) return 'here';
  return outcome.failure !== 'aborted' && neverConnected(outcome) ? 'away' : 'unsure';
}

/**
 * What the end of a call tells of the site (assumption H29). 503, an answer that says offline or unreachable, a
 * connection that broke off, and one that stayed silent until the deadline mean that it is away. A query that took too long
 * (504) reached it, or did not: that says nothing, as do the rate limit, Halo Cloud's own faults, a query that it only took
 * to its queue (201, 202), and what its caller soon gave up. Any other answer, a refusal too, is one that callers should
 * see for themselves.
 */
function onSite(kind: CallKind, outcome: CallOutcome): Verdict {
  const { status, failure, siteAway } = outcome;
  if (failure !== null) return failure === 'aborted' || neverConnected(outcome) ? 'unsure' : 'away';
  if (siteAway || status === 503) return 'away';
  if (status === null || status === 429 || status >= 500) return 'unsure';
  return kind === 'sql' && (status === 201 || status === 202) ? 'unsure' : 'here';
}
