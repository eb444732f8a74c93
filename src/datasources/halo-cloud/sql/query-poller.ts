import { setMaxListeners } from 'node:events';
import { HaloError, QueryTimedOut, RateLimited } from '../../../errors.ts';
import { abortedAs } from '../transport/failure.ts';
import { type CallContext, headersKey } from '../transport/upstream-call.ts';
import type { QueryRecord } from './query-record.ts';
import type { AskStatuses, StatusAnswer } from './query-status.ts';

/** How often a site is asked while somebody waits for one of its queries. */
export interface PollIntervals {
  readonly firstMs: number;
  readonly growth: number;
  readonly longestMs: number;
}

const pollIntervals: PollIntervals = { firstMs: 100, growth: 1.5, longestMs: 2_000 };
/** In a row, before whoever waits is told. */
const maxFailures = 3;
const longestPauseMs = 10 * 60_000;

/**
 * Everybody in the process who waits for an async query. Each site is asked once for all who wait there, at growing
 * intervals that start anew when somebody joins, and not at all when nobody waits. A poll is a call of the operation that
 * has waited longest; for the others it is one that they saved.
 */
export interface QueryPoller {
  /**
   * The query as soon as it is as wanted; null when Halo Cloud no longer knows it. Throws QueryTimedOut with the query's id
   * when the operation's deadline passes first, UpstreamFailed when its caller goes, and what the asking keeps failing with.
   */
  until(
    haloGuid: string,
    queryId: string,
    isWanted: (query: QueryRecord) => boolean,
    context: CallContext,
  ): Promise<QueryRecord | null>;
}

interface Waiter {
  readonly queryId: string;
  readonly context: CallContext;
  readonly isWanted: (query: QueryRecord) => boolean;
  resolve(query: QueryRecord | null): void;
  reject(error: Error): void;
  failures: number;
}

export function createQueryPoller(ask: AskStatuses, intervals: PollIntervals = pollIntervals): QueryPoller {
  const vigils = new Map<string, ReturnType<typeof keepVigil>>();
  return {
    until(haloGuid, queryId, isWanted, context) {
      const { signal } = context;
      if (signal.aborted) return Promise.reject(tooLong(queryId, signal.reason));
      const key = `${haloGuid} ${headersKey(context.passHeaders)}`;
      const vigil = vigils.get(key) ?? keepVigil(haloGuid, ask, intervals, () => vigils.delete(key));
      vigils.set(key, vigil);
      return new Promise((resolve, reject) => {
        const settled = () => {
          signal.removeEventListener('abort', left);
          vigil.leave(waiter);
        };
        const waiter: Waiter = {
          queryId: queryId.toLowerCase(),
          context,
          isWanted,
          failures: 0,
          resolve(query) {
            settled();
            resolve(query);
          },
          reject(error) {
            settled();
            reject(error);
          },
        };
        const left = () => waiter.reject(tooLong(queryId, signal.reason));
        signal.addEventListener('abort', left);
        vigil.join(waiter);
      });
    },
  };
}

function tooLong(queryId: string, reason: unknown): Error {
  const error = abortedAs('status', reason);
  return error instanceof QueryTimedOut
    ? new QueryTimedOut({ asyncQueryId: queryId, detail: 'deadline passed, the query goes on' })
    : error;
}

/** Those who wait at one site. */
function keepVigil(haloGuid: string, ask: AskStatuses, intervals: PollIntervals, ended: () => void) {
  const waiters = new Set<Waiter>();
  let interval = intervals.firstMs;
  let timer: NodeJS.Timeout | undefined;
  /** When the next poll is due, in milliseconds of `performance.now()`. */
  let dueAt = Number.POSITIVE_INFINITY;
  let polling: AbortController | undefined;
  /** Halo Cloud has said when it wants to be asked again. */
  let held = false;

  function schedule(waitMs: number): void {
    clearTimeout(timer);
    dueAt = performance.now() + waitMs;
    timer = setTimeout(poll, waitMs);
  }

  /** A poll that is due sooner stays: whoever joins never puts it off. */
  function scheduleWithin(waitMs: number): void {
    if (performance.now() + waitMs < dueAt) schedule(waitMs);
  }

  async function poll(): Promise<void> {
    dueAt = Number.POSITIVE_INFINITY;
    interval = Math.min(interval * intervals.growth, intervals.longestMs);
    const here = [...waiters];
    polling = new AbortController();
    const answers = await askFor(here, polling.signal).catch((error: unknown) => error as Error);
    polling = undefined;
    let pauseMs = 0;
    for (const waiter of here) {
      if (!waiters.has(waiter)) continue;
      const answer = answers instanceof Error ? answers : (answers.get(waiter.queryId) ?? null);
      if (answer instanceof RateLimited) pauseMs = (answer.retryAfterSeconds ?? 0) * 1_000;
      tell(waiter, answer);
    }
    held = pauseMs > interval;
    if (waiters.size > 0) schedule(Math.min(Math.max(interval, pauseMs), longestPauseMs));
  }

  function askFor(here: readonly Waiter[], signal: AbortSignal) {
    const [first] = here;
    if (!first) return Promise.resolve(new Map<string, StatusAnswer>());
    for (const cost of new Set(here.map(({ context }) => context.cost))) {
      if (cost !== first.context.cost) cost.saved('coalesced', 1);
    }
    setMaxListeners(0, signal);
    const ids = [...new Set(here.map(({ queryId }) => queryId))];
    return ask(haloGuid, ids, { ...first.context, signal, writeSignal: undefined });
  }

  return {
    join(waiter: Waiter): void {
      waiters.add(waiter);
      interval = intervals.firstMs;
      if (!polling && !held) scheduleWithin(interval);
    },
    leave(waiter: Waiter): void {
      if (!waiters.delete(waiter) || waiters.size > 0) return;
      clearTimeout(timer);
      polling?.abort(new Error('nobody waits any more'));
      ended();
    },
  };
}

function tell(waiter: Waiter, answer: StatusAnswer): void {
  if (answer instanceof Error) {
    waiter.failures += 1;
    const goesOn = answer instanceof HaloError && answer.retryable && waiter.failures < maxFailures;
    if (!goesOn) waiter.reject(answer);
    return;
  }
  waiter.failures = 0;
  if (answer === null || waiter.isWanted(answer)) waiter.resolve(answer);
}
