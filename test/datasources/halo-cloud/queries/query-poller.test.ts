import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createQueryPoller } from '../../../../src/datasources/halo-cloud/sql/query-poller.ts';
import { type QueryRecord, readQuery } from '../../../../src/datasources/halo-cloud/sql/query-record.ts';
import type { FetchStatuses, StatusAnswer } from '../../../../src/datasources/halo-cloud/sql/query-status.ts';
import { createCostAccount } from '../../../../src/datasources/halo-cloud/transport/cost-account.ts';
import { Forbidden } from '../../../../src/datasources/halo-cloud/transport/forbidden.ts';
import type { CallContext } from '../../../../src/datasources/halo-cloud/transport/upstream-call.ts';
import { RateLimited, SiteUnavailable } from '../../../../src/errors.ts';
import { collectLog, contextOf, failureOf, guidA, guidB } from '../kit.ts';
import { queryA, queryB, wireQuery } from './kit.ts';

const isDone = ({ status }: QueryRecord) => status === 'SUCCESSFUL';
const queued = (id: string) => readQuery(wireQuery(id, 'queued'), id);
const done = (id: string) => readQuery(wireQuery(id, 'successful', []), id);

/** Statuses by script: the n-th poll is answered by the n-th entry, the last one from then on. */
function watched(...script: ((id: string) => StatusAnswer)[]) {
  const polls: { haloGuid: string; ids: readonly string[]; context: CallContext }[] = [];
  const fetchStatuses: FetchStatuses = async (haloGuid, ids, context) => {
    polls.push({ haloGuid, ids, context });
    const answer = script[Math.min(polls.length, script.length) - 1];
    const answers = ids.map((id): [string, StatusAnswer] => [id, answer?.(id) ?? null]);
    const failure = answers.find(([, one]) => one instanceof Forbidden)?.[1];
    if (failure instanceof Error) throw failure;
    return new Map(answers);
  };
  const log = collectLog();
  const watch = createQueryPoller(fetchStatuses);
  return {
    polls,
    context: (changes: Partial<CallContext> = {}) =>
      contextOf(log, { cost: createCostAccount(), ...changes }),
    until: (id: string, context: CallContext, haloGuid = guidA) => watch.until(haloGuid, id, isDone, context),
  };
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('waiting for a query', () => {
  it('polls at growing intervals, up to 2 s, until the query is as wanted', async () => {
    const { polls, until, context } = watched(...Array.from({ length: 9 }, () => queued), done);
    const at: number[] = [];
    const start = Date.now();
    const answer = until(queryA, context());
    while (polls.length < 10) {
      const before = polls.length;
      await vi.advanceTimersToNextTimerAsync();
      if (polls.length > before) at.push(Date.now() - start);
    }
    expect(await answer).toMatchObject({ status: 'SUCCESSFUL' });
    const gaps = at.map((time, index) => time - (at[index - 1] ?? 0));
    expect(gaps.slice(0, 4)).toEqual([100, 150, 225, 337]);
    expect(gaps.at(-1)).toBe(2_000);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('sends no poll without waiters', async () => {
    const { polls, until, context } = watched(queued);
    const gone = new AbortController();
    const answer = failureOf(until(queryA, context({ signal: gone.signal })));
    gone.abort(new Error('the caller has gone'));
    expect(await answer).toMatchObject({ code: 'UPSTREAM_FAILED', detail: 'the caller has gone' });
    expect(vi.getTimerCount()).toBe(0);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(polls).toEqual([]);
  });

  it('sends one poll for all waiters of a site, counted for the first and saved for the others', async () => {
    const { polls, until, context } = watched(queued, done);
    const contexts = Array.from({ length: 50 }, () => context());
    const answers = contexts.map((one, index) => until(index % 2 ? queryA : queryB.toUpperCase(), one));
    const elsewhere = until(queryA, context(), guidB);
    await vi.advanceTimersByTimeAsync(1_000);
    await Promise.all([...answers, elsewhere]);
    expect(polls.map(({ haloGuid }) => haloGuid).sort()).toEqual([guidA, guidA, guidB]);
    expect(polls.find(({ haloGuid }) => haloGuid === guidA)?.ids).toEqual([queryB, queryA]);
    expect(contexts[0]?.cost.report().saved.coalesced).toBe(0);
    expect(contexts[49]?.cost.report().saved.coalesced).toBe(2);
  });

  it('is not shared with an operation with simulated faults', async () => {
    const { polls, until, context } = watched(done);
    const answers = [until(queryA, context()), until(queryA, context({ simulatedFault: '504' }))];
    await vi.advanceTimersByTimeAsync(200);
    await Promise.all(answers);
    expect(polls).toHaveLength(2);
  });

  it('returns to the first interval when a waiter joins', async () => {
    const { polls, until, context } = watched(queued);
    const stop = new AbortController();
    const first = failureOf(until(queryA, context({ signal: stop.signal })));
    await vi.advanceTimersByTimeAsync(20_000);
    const before = polls.length;
    const second = failureOf(until(queryB, context({ signal: stop.signal })));
    await vi.advanceTimersByTimeAsync(100);
    expect(polls).toHaveLength(before + 1);
    stop.abort(new Error('enough'));
    await Promise.all([first, second]);
  });

  it('A5: is polled within 100 ms of each join, however closely joins follow one another', async () => {
    const joins = fc.array(fc.integer({ min: 0, max: 250 }), { minLength: 1, maxLength: 40 });
    await fc.assert(
      fc.asyncProperty(joins, async (gaps) => {
        const { polls, until, context } = watched(queued);
        const stops: AbortController[] = [];
        const joinedAt: number[] = [];
        const polledAt: number[] = [];
        const failures: Promise<unknown>[] = [];
        const pass = async (ms: number) => {
          for (let passed = 0; passed < ms; passed += 10) {
            await vi.advanceTimersByTimeAsync(10);
            if (polls.length > polledAt.length) polledAt.push(performance.now());
          }
        };
        for (const gap of gaps) {
          const stop = new AbortController();
          stops.push(stop);
          joinedAt.push(performance.now());
          failures.push(failureOf(until(queryA, context({ signal: stop.signal }))));
          await pass(gap);
        }
        await pass(120);
        for (const stop of stops) stop.abort(new Error('enough'));
        await Promise.all(failures);
        for (const at of joinedAt)
          expect(polledAt.some((polled) => polled >= at && polled <= at + 110)).toBe(true);
      }),
      { numRuns: 60 },
    );
  });

  it('drops a waiter that gives up and goes on for the others', async () => {
    const { polls, until, context } = watched(queued, done);
    const deadline = new AbortController();
    const late = failureOf(until(queryA, context({ signal: deadline.signal })));
    const patient = until(queryB, context());
    deadline.abort(new DOMException('too late', 'TimeoutError'));
    expect(await late).toMatchObject({ code: 'QUERY_TIMED_OUT', asyncQueryId: queryA });
    await vi.advanceTimersByTimeAsync(1_000);
    expect(await patient).toMatchObject({ status: 'SUCCESSFUL' });
    expect(polls.map(({ ids }) => ids)).toEqual([[queryB], [queryB]]);
  });

  it('goes on when the operation of the first waiter ends', async () => {
    const { polls, until, context } = watched(queued, done);
    const deadline = new AbortController();
    const leader = failureOf(until(queryA, context({ signal: deadline.signal })));
    const other = until(queryA, context());
    await vi.advanceTimersByTimeAsync(100);
    expect(polls[0]?.context.signal).not.toBe(deadline.signal);
    deadline.abort(new DOMException('too late', 'TimeoutError'));
    await leader;
    expect(polls[0]?.context.signal.aborted).toBe(false);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(await other).toMatchObject({ status: 'SUCCESSFUL' });
  });

  it('fails at once when the deadline has already passed', async () => {
    const { until, context } = watched(queued);
    const signal = AbortSignal.abort(new DOMException('too late', 'TimeoutError'));
    expect(await failureOf(until(queryA, context({ signal })))).toMatchObject({ asyncQueryId: queryA });
    expect(vi.getTimerCount()).toBe(0);
  });

  it('ends with null for a query that Halo Cloud no longer knows', async () => {
    const { until, context } = watched(queued, () => null);
    const answer = until(queryA, context());
    await vi.advanceTimersByTimeAsync(1_000);
    expect(await answer).toBeNull();
  });

  it('tolerates two consecutive failures; the third rejects', async () => {
    const away = () => new SiteUnavailable({ haloGuid: guidA });
    const borne = watched(away, away, queued, away, away, done);
    const answer = borne.until(queryA, borne.context());
    await vi.advanceTimersByTimeAsync(20_000);
    expect(await answer).toMatchObject({ status: 'SUCCESSFUL' });
    const not = watched(away);
    const failure = failureOf(not.until(queryA, not.context()));
    await vi.advanceTimersByTimeAsync(20_000);
    expect(await failure).toMatchObject({ code: 'SITE_UNAVAILABLE' });
    expect(not.polls).toHaveLength(3);
  });

  it('rejects at once on a 403', async () => {
    const { polls, until, context } = watched(() => new Forbidden(guidA, 'UNKNOWN'));
    const failures = [failureOf(until(queryA, context())), failureOf(until(queryB, context()))];
    await vi.advanceTimersByTimeAsync(100);
    for (const failure of await Promise.all(failures)) expect(failure).toBeInstanceOf(Forbidden);
    expect(polls).toHaveLength(1);
  });

  it('waits as long as a 429 says, even when a waiter joins', async () => {
    const { polls, until, context } = watched(() => new RateLimited(7), done);
    const answers = [until(queryA, context())];
    await vi.advanceTimersByTimeAsync(200);
    answers.push(until(queryB, context()));
    await vi.advanceTimersByTimeAsync(6_000);
    expect(polls).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(await Promise.all(answers)).toHaveLength(2);
    expect(polls).toHaveLength(2);
  });
});
