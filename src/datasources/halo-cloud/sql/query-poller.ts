import { setMaxListeners } from 'node:events';
import { HaloError, QueryTimedOut, RateLimited } from '../../../errors.ts';
import type { Explainable } from '../transport/explain.ts';
import { abortedAs } from '../transport/failure.ts';
import type { CallContext } from '../transport/upstream-call.ts';
import type { QueryRecord } from './query-record.ts';
import type { FetchStatuses, StatusAnswer } from './query-status.ts';

/** How often a site is polled while an operation waits for one of its queries. */
export interface PollIntervals {
  readonly firstMs: number;
  readonly growth: number;
  readonly maxMs: number;
}

const pollIntervals: PollIntervals = { firstMs: 100, growth: 1.5, maxMs: 2_000 };
/** Consecutive failed polls after which a waiter is rejected. */
const maxFailures = 3;
const maxPauseMs = 10 * 60_000;

/**
 * Polls the status of async queries. One poll of a site serves all operations of the process that wait there. The interval
 * grows, and starts again when a waiter joins. Without waiters there are no polls. A poll counts as a call of the operation
 * that has waited longest; the others save one.
 */
export interface QueryPoller {
  /**
   * The query as soon as `isWanted` accepts it; null when Halo Cloud no longer knows it. Throws QueryTimedOut with the
   * query's id when the operation's deadline passes first, UpstreamFailed when the caller disconnects, and the error of the
   * polls when they keep failing.
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

export function createQueryPoller(
  fetchStatuses: FetchStatuses,
  intervals: PollIntervals = pollIntervals,
): QueryPoller {
  const sitePollers = new Map<string, ReturnType<typeof createSitePoller>>();
  return {
    until(haloGuid, queryId, isWanted, context) {
      const { signal } = context;
      if (signal.aborted) return Promise.reject(tooLong(queryId, signal.reason));
      const key = `${haloGuid} ${context.simulatedFault ?? ''}`;
      const sitePoller =
        sitePollers.get(key) ??
        createSitePoller(haloGuid, fetchStatuses, intervals, () => sitePollers.delete(key));
      sitePollers.set(key, sitePoller);
      return new Promise((resolve, reject) => {
        const settled = () => {
          signal.removeEventListener('abort', giveUp);
          sitePoller.leave(waiter);
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
        const giveUp = () => waiter.reject(tooLong(queryId, signal.reason));
        signal.addEventListener('abort', giveUp);
        sitePoller.join(waiter);
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

function createSitePoller(
  haloGuid: string,
  fetchStatuses: FetchStatuses,
  intervals: PollIntervals,
  ended: () => void,
) {
  const waiters = new Set<Waiter>();
  let interval = intervals.firstMs;
  let timer: NodeJS.Timeout | undefined;
  /** When the next poll is due, in milliseconds of `performance.now()`. */
  let dueAt = Number.POSITIVE_INFINITY;
  let polling: AbortController | undefined;
  /** A rate limit named a longer wait than the interval. */
  let rateLimited = false;

  function schedule(waitMs: number): void {
    clearTimeout(timer);
    dueAt = performance.now() + waitMs;
    timer = setTimeout(poll, waitMs);
  }

  /** Keeps a poll that is due sooner, so that a waiter that joins never delays it. */
  function scheduleWithin(waitMs: number): void {
    if (performance.now() + waitMs < dueAt) schedule(waitMs);
  }

  async function poll(): Promise<void> {
    dueAt = Number.POSITIVE_INFINITY;
    interval = Math.min(interval * intervals.growth, intervals.maxMs);
    const polledFor = [...waiters];
    polling = new AbortController();
    const answers = await statusesFor(polledFor, polling.signal).catch((error: unknown) => error as Error);
    polling = undefined;
    let pauseMs = 0;
    for (const waiter of polledFor) {
      if (!waiters.has(waiter)) continue;
      const answer = answers instanceof Error ? answers : (answers.get(waiter.queryId) ?? null);
      if (answer instanceof RateLimited) pauseMs = (answer.retryAfterSeconds ?? 0) * 1_000;
      notify(waiter, answer);
    }
    rateLimited = pauseMs > interval;
    if (waiters.size > 0) schedule(Math.min(Math.max(interval, pauseMs), maxPauseMs));
  }

  function statusesFor(polledFor: readonly Waiter[], signal: AbortSignal) {
    const [first] = polledFor;
    if (!first) return Promise.resolve(new Map<string, StatusAnswer>());
    setMaxListeners(0, signal);
    const ids = [...new Set(polledFor.map(({ queryId }) => queryId))];
    const statuses = fetchStatuses(haloGuid, ids, { ...first.context, signal, writeTime: undefined });
    const others = new Map(polledFor.map(({ context }) => [context.cost, context.explain]));
    others.delete(first.context.cost);
    for (const [cost, explain] of others) {
      cost.saved('coalesced', 1);
      // The failure is `statuses` itself, which the caller handles.
      explain?.joined(statusPoll(haloGuid), statuses).catch(() => {});
    }
    return statuses;
  }

  return {
    join(waiter: Waiter): void {
      waiters.add(waiter);
      interval = intervals.firstMs;
      if (!polling && !rateLimited) scheduleWithin(interval);
    },
    leave(waiter: Waiter): void {
      if (!waiters.delete(waiter) || waiters.size > 0) return;
      clearTimeout(timer);
      polling?.abort(new Error('nobody waits any more'));
      ended();
    },
  };
}

const statusPoll = (haloGuid: string): Explainable => ({
  kind: 'status',
  method: 'GET',
  route: '/integrator/sites/{siteId}/queries/{queryId}',
  haloGuid,
});

function notify(waiter: Waiter, answer: StatusAnswer): void {
  if (answer instanceof Error) {
    waiter.failures += 1;
    const goesOn = answer instanceof HaloError && answer.retryable && waiter.failures < maxFailures;
    if (!goesOn) waiter.reject(answer);
    return;
  }
  waiter.failures = 0;
  if (answer === null || waiter.isWanted(answer)) waiter.resolve(answer);
}
