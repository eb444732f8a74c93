import { describe, expect, it } from 'vitest';
import { siteOf, sitesOf } from '../../../src/datasources/halo-cloud/sites/sites.ts';
import { immediateWrite } from '../../../src/datasources/halo-cloud/sql/immediate-query.ts';
import { startCall } from '../../../src/datasources/halo-cloud/sql/start-query.ts';
import { createHaloCloud } from '../../../src/datasources/halo-cloud/transport/client.ts';
import { NoAnswer } from '../../../src/datasources/practice/write-port.ts';
import {
  collectLog,
  contextOf,
  failureOf,
  guidA,
  guidB,
  key,
  listen,
  sitePath,
  sqlPath,
  wireSite,
} from './kit.ts';
import { anyQuery, broken, error, type Reply, rows, scriptedHalo } from './scripted-halo.ts';

const change = immediateWrite(guidA, { text: 'EXEC dbo.BP_Synthetic', parameters: [] });
const offline = error(503, 'Site could not be contacted');

/** A Halo Cloud in which practice A answers as the test decides; the others answer normally. */
function withPracticeA(reply: { now: Reply }) {
  const scripted = scriptedHalo((path) => {
    if (path.startsWith('/integrator/sites?')) return { status: 200, body: { sites: [] } };
    if (path === sitePath(guidA)) return { status: 200, body: wireSite({ id: guidA }) };
    return path.includes(guidA) ? reply.now : rows;
  });
  const { halo, log } = scripted;
  return {
    ...scripted,
    read: (guid = guidA, context = contextOf(log)) => halo.read(anyQuery(guid), context),
    async fail(times: number) {
      for (let failures = 0; failures < times; failures += 1)
        await failureOf(halo.read(anyQuery(guidA), contextOf(log)));
    },
  };
}

describe('a practice that does not answer', () => {
  it.each([
    ['503', offline],
    ['503 of a gateway', { status: 503, body: {} }],
    ['504 that calls it unreachable', error(504, 'Site is unreachable')],
    ['connections that break off', broken('UND_ERR_SOCKET')],
  ])('is left alone after five times: %s', async (_, reply) => {
    const { halo, log, sent, read, fail } = withPracticeA({ now: reply });
    await fail(5);
    expect(sent).toHaveLength(5);
    const context = contextOf(log);
    expect(await failureOf(read(guidA, context))).toMatchObject({
      code: 'SITE_UNAVAILABLE',
      haloGuid: guidA,
      retryable: true,
      retryAfterSeconds: 1,
    });
    expect(sent).toHaveLength(5);
    expect(context.cost.report()).toMatchObject({ calls: 0, charged: 0, bySite: [] });
    expect(halo.state().sitesPaused).toBe(1);
    expect(log.lines.filter(({ level }) => level === 'warn')).toEqual([
      { level: 'warn', message: 'A practice does not answer: its calls pause', haloGuid: guidA },
    ]);
  });

  it.each(['read', 'write'] as const)(
    'A4: is left alone after five calls that the deadline cut: %s',
    async (how) => {
      const { halo, log, sent } = scriptedHalo(() => new Promise<Reply>(() => {}));
      for (let calls = 1; calls <= 5; calls += 1) {
        const deadline = new AbortController();
        const context = contextOf(log, { signal: deadline.signal });
        const answer = failureOf(
          how === 'read' ? halo.read(anyQuery(guidA), context) : halo.write(change, context),
        );
        await expect.poll(() => sent.length).toBe(calls);
        expect(halo.state().sitesPaused).toBe(0);
        deadline.abort(new DOMException('late', 'TimeoutError'));
        await answer;
      }
      expect(halo.state().sitesPaused).toBe(1);
      expect(await failureOf(halo.read(anyQuery(guidA), contextOf(log)))).toMatchObject({
        code: 'SITE_UNAVAILABLE',
        retryAfterSeconds: 1,
      });
      expect(sent).toHaveLength(5);
    },
  );

  it('A4: is a practice whose response starts and then stops', async () => {
    const log = collectLog();
    let begun = () => {};
    const baseUrl = await listen((_request, response) => {
      response.writeHead(200, { 'content-type': 'application/json' }).write('{', () => begun());
    });
    const halo = createHaloCloud({ baseUrl, subscriptionKey: key, log });
    for (let calls = 1; calls <= 5; calls += 1) {
      const deadline = new AbortController();
      const hasBegun = new Promise<void>((resolve) => {
        begun = resolve;
      });
      const failure = failureOf(halo.read(anyQuery(guidA), contextOf(log, { signal: deadline.signal })));
      await hasBegun;
      // Until the client has read it.
      for (let turn = 0; turn < 5; turn += 1) await new Promise(setImmediate);
      deadline.abort(new DOMException('late', 'TimeoutError'));
      await failure;
      await expect.poll(() => halo.state().sitesPaused).toBe(calls === 5 ? 1 : 0);
    }
    await halo.close();
  });

  it('A4: is not a practice that answers other calls while the deadline cuts some', async () => {
    const { halo, log, sent } = scriptedHalo(() =>
      sent.length % 2 === 1 ? new Promise<Reply>(() => {}) : rows,
    );
    const deadline = new AbortController();
    const context = contextOf(log, { signal: deadline.signal });
    const cut: Promise<unknown>[] = [];
    for (let calls = 1; calls <= 8; calls += 1) {
      cut.push(failureOf(halo.read(anyQuery(guidA), context)));
      await expect.poll(() => sent.length).toBe(2 * calls - 1);
      await halo.read(anyQuery(guidA), contextOf(log));
    }
    deadline.abort(new DOMException('late', 'TimeoutError'));
    await Promise.all(cut);
    expect(halo.state().sitesPaused).toBe(0);
  });

  it('does not affect calls to other practices or calls that Halo Cloud answers itself', async () => {
    const { halo, log, read, fail } = withPracticeA({ now: offline });
    await fail(5);
    expect(await read(guidB)).toEqual([{ n: 1 }]);
    expect(await halo.read(sitesOf('BEST_PRACTICE', '1001'), contextOf(log))).toEqual([]);
    expect(await halo.read(siteOf(guidA), contextOf(log))).toMatchObject({ haloGuid: guidA });
    expect((await failureOf(read())).message).toContain('cannot be reached');
  });

  it('gets no writes, and those are known not to have been executed', async () => {
    const { halo, log, sent, fail } = withPracticeA({ now: offline });
    await fail(5);
    const context = contextOf(log);
    const failure = await failureOf(halo.write(change, context));
    expect(failure).not.toBeInstanceOf(NoAnswer);
    expect(failure).toMatchObject({ code: 'SITE_UNAVAILABLE', retryAfterSeconds: 1 });
    expect(sent).toHaveLength(5);
    expect(context.cost.report().calls).toBe(0);
  });

  it('is also detected by writes', async () => {
    const { halo, log, read, sent } = withPracticeA({ now: offline });
    for (let failures = 0; failures < 5; failures += 1) await failureOf(halo.write(change, contextOf(log)));
    await failureOf(read());
    expect(sent).toHaveLength(5);
  });

  it('gets one probe after a pause; other calls fail at once until the probe is answered', async () => {
    const reply = { now: offline };
    const { read, fail, pass, sent, log, halo } = withPracticeA(reply);
    await fail(5);
    pass(1_000);
    const answers = await Promise.allSettled([read(), read(), read()]);
    expect(answers.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
    expect(sent).toHaveLength(6);
    reply.now = rows;
    pass(2_000);
    expect(await read()).toEqual([{ n: 1 }]);
    expect(await Promise.all([read(), read()])).toHaveLength(2);
    expect(halo.state().sitesPaused).toBe(0);
    expect(log.lines).toContainEqual({
      level: 'info',
      message: 'A practice answers again',
      haloGuid: guidA,
    });
  });

  it('names a wait that grows', async () => {
    const { read, fail, pass } = withPracticeA({ now: offline });
    await fail(5);
    const failures = [];
    for (let probe = 0; probe < 8; probe += 1) {
      pass(60_000);
      await failureOf(read());
      failures.push((await failureOf(read())) as Error & { retryAfterSeconds: number });
    }
    // Three quarters of 2, 4, 8, 16, 32, 60, 60, 60 seconds.
    expect(failures.map(({ retryAfterSeconds }) => retryAfterSeconds)).toEqual([2, 3, 6, 12, 24, 45, 45, 45]);
  });

  it('is not detected by simulated faults, and calls with simulated faults are still sent', async () => {
    const { log, halo, sent, fail } = withPracticeA({ now: offline });
    const faulted = { simulatedFault: '503' };
    for (let failures = 0; failures < 6; failures += 1)
      await failureOf(halo.read(anyQuery(guidA), contextOf(log, faulted)));
    expect(halo.state().sitesPaused).toBe(0);
    await fail(5);
    await failureOf(halo.read(anyQuery(guidA), contextOf(log, faulted)));
    expect(sent).toHaveLength(12);
  });
});

describe('a practice that answers', () => {
  it.each([
    ['an answer', rows],
    ['a 403', error(403)],
    ['a query that is wrong', error(400)],
    ['a result that is too large', error(413)],
  ])('is not left alone: %s in between', async (_, answer) => {
    const reply: { now: Reply } = { now: offline };
    const { read, fail, sent } = withPracticeA(reply);
    await fail(4);
    reply.now = answer;
    await read().catch(() => {});
    reply.now = offline;
    await fail(5);
    expect(sent).toHaveLength(10);
  });

  it.each([
    ['a query that takes too long', error(504, 'Query took more than 30 seconds to return a result.')],
    ['a rate limit', error(429)],
    ["Halo Cloud's own fault", error(500)],
  ])('is not affected by outcomes that say nothing about it: %s', async (_, answer) => {
    const reply: { now: Reply } = { now: answer };
    const { fail, sent } = withPracticeA(reply);
    await fail(6);
    expect(sent).toHaveLength(6);
    reply.now = offline;
    await fail(4);
    reply.now = answer;
    await fail(2);
    reply.now = offline;
    await fail(2);
    expect(sent).toHaveLength(13);
  });

  it('is not confirmed by a query that Halo Cloud only queued', async () => {
    const reply: { now: Reply } = { now: offline };
    const { halo, log, fail, sent } = withPracticeA(reply);
    await fail(4);
    reply.now = { status: 201, body: { id: guidB } };
    const command = { text: 'SELECT 1 AS n', type: 'text', executionMode: 'reader', parameters: [] } as const;
    await halo.write(startCall(guidA, { ...command, catalogue: null }, null), contextOf(log)).catch(() => {});
    reply.now = offline;
    await fail(2);
    expect(sent).toHaveLength(6);
  });

  it('does not count callers who disconnect', async () => {
    const { halo, log, sent } = scriptedHalo(() => new Promise<Reply>(() => {}));
    for (let calls = 1; calls <= 6; calls += 1) {
      const caller = new AbortController();
      const answer = failureOf(halo.read(anyQuery(guidA), contextOf(log, { signal: caller.signal })));
      await expect.poll(() => sent.length).toBe(calls);
      caller.abort();
      await answer;
    }
    expect(halo.state().sitesPaused).toBe(0);
  });
});

describe('a Halo Cloud that cannot be connected to', () => {
  it('fails all calls at once, look-ups included, and gets one probe', async () => {
    let reply: Reply = broken('UND_ERR_CONNECT_TIMEOUT');
    const { halo, log, sent, pass } = scriptedHalo(() => reply);
    const lookUp = (id: string) => halo.read(sitesOf('BEST_PRACTICE', id), contextOf(log));
    for (const id of ['1', '2', '3', '4', '5']) await failureOf(lookUp(id));
    const context = contextOf(log);
    expect(await failureOf(halo.read(anyQuery(guidA), context))).toMatchObject({
      code: 'UPSTREAM_FAILED',
      retryable: true,
      httpStatus: null,
    });
    expect(await failureOf(halo.write(change, context))).not.toBeInstanceOf(NoAnswer);
    expect(sent).toHaveLength(5);
    expect(context.cost.report().calls).toBe(0);
    expect(halo.state()).toMatchObject({ cloudPaused: true, sitesPaused: 0 });
    pass(1_000);
    reply = rows;
    expect(await halo.read(anyQuery(guidA), contextOf(log))).toEqual([{ n: 1 }]);
    expect(halo.state().cloudPaused).toBe(false);
  });

  it('says nothing of the practices', async () => {
    const { halo, fail } = withPracticeA({ now: broken('ECONNREFUSED') });
    await fail(6);
    expect(halo.state()).toMatchObject({ cloudPaused: true, sitesPaused: 0 });
  });
});

describe('a practice that is slow', () => {
  /** Practice A answers when the test decides. */
  function slow() {
    const held: (() => void)[] = [];
    const scripted = scriptedHalo((path) =>
      path === sqlPath(guidA)
        ? new Promise<Reply>((resolve) => {
            held.push(() => resolve(rows));
          })
        : rows,
    );
    const { halo, log } = scripted;
    const sendRequest = (context = contextOf(log)) => {
      const answer = halo.read(anyQuery(guidA), context);
      answer.catch(() => {});
      return answer;
    };
    return { ...scripted, held, sendRequest };
  }

  it('gets 16 concurrent calls; the rest wait in a queue, and calls to other practices do not', async () => {
    const { halo, log, sent, held, sendRequest } = slow();
    const answers = Array.from({ length: 20 }, () => sendRequest());
    await expect.poll(() => sent.length).toBe(16);
    expect(halo.state().callsQueued).toBe(4);
    expect(await halo.read(anyQuery(guidB), contextOf(log))).toEqual([{ n: 1 }]);
    held.shift()?.();
    await answers[0];
    await expect.poll(() => held.length).toBe(16);
    answers.push(sendRequest());
    await expect.poll(() => halo.state().callsQueued).toBe(4);
    while (held.length > 0) {
      held.shift()?.();
      await new Promise(setImmediate);
    }
    expect(await Promise.all(answers)).toHaveLength(21);
    expect(halo.state().callsQueued).toBe(0);
  });

  it('has a queue of 200 calls: further calls are RATE_LIMITED', async () => {
    const { halo, log, sendRequest } = slow();
    for (let calls = 0; calls < 216; calls += 1) sendRequest();
    await expect.poll(() => halo.state().callsQueued).toBe(200);
    const context = contextOf(log);
    expect(await failureOf(sendRequest(context))).toMatchObject({
      code: 'RATE_LIMITED',
      retryAfterSeconds: 1,
    });
    expect(context.cost.report().calls).toBe(0);
  });

  it('drops queued calls whose deadline has passed, without sending them', async () => {
    const { halo, log, sent, held, sendRequest } = slow();
    for (let calls = 0; calls < 16; calls += 1) sendRequest();
    const controller = new AbortController();
    const context = contextOf(log, { signal: controller.signal });
    const reading = failureOf(sendRequest(context));
    const writing = failureOf(halo.write(change, context));
    await expect.poll(() => halo.state().callsQueued).toBe(2);
    controller.abort(new DOMException('late', 'TimeoutError'));
    expect(await reading).toMatchObject({ code: 'QUERY_TIMED_OUT' });
    const notWritten = await writing;
    expect(notWritten).not.toBeInstanceOf(NoAnswer);
    expect(notWritten).toMatchObject({ code: 'QUERY_TIMED_OUT' });
    expect(halo.state().callsQueued).toBe(0);
    held.shift()?.();
    await new Promise(setImmediate);
    expect(sent).toHaveLength(16);
    expect(context.cost.report().calls).toBe(0);
  });

  it('that does not answer fails its queued calls at once', async () => {
    const held: (() => void)[] = [];
    const { halo, log, sent } = scriptedHalo(
      () => new Promise<Reply>((resolve) => held.push(() => resolve(offline))),
    );
    const failures = Array.from({ length: 30 }, () => failureOf(halo.read(anyQuery(guidA), contextOf(log))));
    await expect.poll(() => held.length).toBe(16);
    for (const answer of held.splice(0, 5)) answer();
    await failures[4];
    for (const answer of held.splice(0)) answer();
    await Promise.all(failures.slice(0, 16));
    for (const answer of held.splice(0)) answer();
    expect(await Promise.all(failures)).toHaveLength(30);
    // Sixteen, and the calls that left the queue before the fifth failure was known.
    expect(sent.length).toBeLessThan(22);
    expect(halo.state().callsQueued).toBe(0);
  });
});
