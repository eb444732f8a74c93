/** Every resource of a request is released when its connection closes, at any moment, at every entry point. */
import { createHook } from 'node:async_hooks';
import { createServer, type Server } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { isDeepStrictEqual } from 'node:util';
import { type Span, trace } from '@opentelemetry/api';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { Stop } from '../../src/lib/stop.ts';
import { createConcurrencyLimit } from '../../src/limits/concurrency-limit.ts';
import { createMemoryBuckets } from '../../src/limits/memory-buckets.ts';
import { type BucketStore, createRateLimit } from '../../src/limits/rate-limit.ts';
import { createRedisBuckets } from '../../src/limits/redis-buckets.ts';
import { createLog } from '../../src/log.ts';
import { everyScope } from '../../src/scopes.ts';
import { connectRedis } from '../../src/store/redis-connection.ts';
import { fakeHalo, patient } from '../resolvers/fake-halo.ts';
import { patientMs, redisIsMissing, startRedis } from '../store/redis-server.ts';

const aborts = 2_000;
/** Connections at a time. */
const atOnce = 40;
/** A request is over before this many milliseconds. */
const longestMs = 8;
const seed = Number(process.env.SEED ?? Date.now() % 1_000_000);

/** The same numbers for the same seed (mulberry32). */
function numbers(from: number): () => number {
  let state = from;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
const random = numbers(seed);
const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

const query =
  '{ practice(bpSiteId: "1001") { ... on Practice { patients(search: { name: "a" }) { __typename } } } }';
const body = JSON.stringify({ query });
const length = `content-length: ${body.length}\r\n`;
const chunked = `${body.length.toString(16)}\r\n${body}\r\n0\r\n\r\n`;
const post = (headers: string, rest: string) =>
  `POST /graphql HTTP/1.1\r\nhost: facade\r\ncontent-type: application/json\r\n${headers}\r\n${rest}`;

const entryPoints: Readonly<Record<string, string>> = {
  'a plain JSON POST': post(length, body),
  'pipelined POSTs': post(length, body).repeat(3),
  'a JSON POST in chunks': post('transfer-encoding: chunked\r\n', chunked),
  'a POST for an event stream': post(`${length}accept: text/event-stream\r\n`, body),
  'a GET': `GET /graphql?query=${encodeURIComponent('{ practice(bpSiteId: "1001") { ... on Practice { appointmentTypes { __typename } } } }')} HTTP/1.1\r\nhost: facade\r\n\r\n`,
  'a body that never finishes': post(`content-length: ${body.length + 100}\r\n`, body),
};

const spans = { open: 0 };
const provider = {
  getTracer: () => ({
    startSpan() {
      spans.open += 1;
      const span = {
        spanContext: () => ({ traceId: 't', spanId: 's', traceFlags: 1 }),
        setAttribute: () => span,
        setStatus: () => span,
        end: () => {
          spans.open -= 1;
        },
      } as unknown as Span;
      return span;
    },
    startActiveSpan: () => {
      throw new Error('not used here');
    },
  }),
};

const timers = new Set<number>();
const timerHook = createHook({
  init: (id, type) => void (type === 'Timeout' && timers.add(id)),
  destroy: (id) => void timers.delete(id),
});

/** Listeners of stop signals that were added, and neither removed nor called. */
const waiting = { listeners: 0 };
const ofSignal = new WeakMap<Stop, Set<() => void>>();
const { addEventListener, removeEventListener, abort: abortSignal } = Stop.prototype;

function countListeners(): void {
  vi.spyOn(Stop.prototype, 'addEventListener').mockImplementation(function (this: Stop, type, listener) {
    const known = ofSignal.get(this) ?? new Set();
    ofSignal.set(this, known.add(listener));
    waiting.listeners += 1;
    addEventListener.call(this, type, listener);
  });
  vi.spyOn(Stop.prototype, 'removeEventListener').mockImplementation(function (this: Stop, type, listener) {
    if (ofSignal.get(this)?.delete(listener)) waiting.listeners -= 1;
    removeEventListener.call(this, type, listener);
  });
  vi.spyOn(Stop.prototype, 'abort').mockImplementation(function (this: Stop, reason) {
    waiting.listeners -= ofSignal.get(this)?.size ?? 0;
    ofSignal.delete(this);
    abortSignal.call(this, reason);
  });
}

beforeAll(() => {
  trace.setGlobalTracerProvider(provider);
  timerHook.enable();
  countListeners();
});
afterAll(() => {
  vi.restoreAllMocks();
  timerHook.disable();
  trace.disable();
});

async function serve(buckets: BucketStore) {
  const slots = { taken: 0 };
  const { enter } = createConcurrencyLimit({ perCaller: 100_000 });
  const halo = fakeHalo({
    practices: {
      '1001': {
        data: {
          async patients() {
            await pause(random() * longestMs);
            return [patient(1)];
          },
          async appointmentTypes() {
            await pause(random() * longestMs);
            return [];
          },
        },
      },
    },
    server: {
      deadlineMs: 600_000,
      async authenticate() {
        if (random() < 0.5) await pause(random() * longestMs);
        return { name: 'tester', scopes: everyScope, practices: 'all' };
      },
      callerLimits: {
        rate: createRateLimit({ perMinute: 1e6, burst: 1e6, store: buckets }),
        concurrency: {
          retryAfterSeconds: 1,
          enter(caller) {
            const leave = enter(caller);
            if (!leave) return null;
            slots.taken += 1;
            return () => {
              slots.taken -= 1;
              leave();
            };
          },
        },
      },
    },
  });
  const server = createServer(halo.yoga).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  return { server, slots };
}

/** Sends a part or all of a request, and disconnects at a random moment. */
async function abort(server: Server, request: string): Promise<void> {
  const { port } = server.address() as AddressInfo;
  const socket: Socket = connect(port, '127.0.0.1');
  socket.on('error', () => {});
  socket.resume();
  const sent = random() < 0.3 ? Math.floor(random() * request.length) : request.length;
  socket.write(request.slice(0, sent));
  await pause(random() * 2 * longestMs);
  socket.destroy();
}

const connections = (server: Server) =>
  new Promise<number>((resolve, reject) =>
    server.getConnections((error, count) => (error ? reject(error) : resolve(count))),
  );
const listeners = (server: Server): number =>
  [server, process].reduce(
    (sum, emitter) => sum + emitter.eventNames().reduce((all, name) => all + emitter.listenerCount(name), 0),
    0,
  );

async function abortAll(buckets: BucketStore): Promise<void> {
  const { server, slots } = await serve(buckets);
  const requests = Object.values(entryPoints);
  try {
    // Things that are created once, such as compiled operations, exist.
    for (const request of requests) await abort(server, request);
    await vi.waitFor(async () => expect(await connections(server)).toBe(0));
    const before = { timers: new Set(timers), listeners: listeners(server) };
    let next = 0;
    const worker = async () => {
      while (next < aborts / 2) {
        next += 1;
        await abort(server, requests[next % requests.length] as string);
      }
    };
    await Promise.all(Array.from({ length: atOnce }, worker));
    const nothing = { sockets: 0, slots: 0, spans: 0, listeners: 0, signals: 0, timers: 0 };
    const counts = async () => ({
      sockets: await connections(server),
      slots: slots.taken,
      spans: spans.open,
      listeners: listeners(server) - before.listeners,
      signals: waiting.listeners,
      timers: [...timers].filter((id) => !before.timers.has(id)).length,
    });
    // No timer, because it would be counted.
    for (const until = performance.now() + 10_000; performance.now() < until; ) {
      await new Promise(setImmediate);
      if (isDeepStrictEqual(await counts(), nothing)) break;
    }
    expect(await counts()).toEqual(nothing);
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

describe(`A2, I3: after ${aborts} aborts at random moments (seed ${seed}) every count is zero`, () => {
  it('with limits in memory', () => abortAll(createMemoryBuckets()), 120_000);

  it.skipIf(redisIsMissing('test/http/released.test.ts'))(
    'with limits in Redis',
    async () => {
      const redisServer = await startRedis();
      const log = createLog('silent', { write: () => {} });
      const redis = connectRedis(redisServer.url, log, patientMs);
      try {
        const buckets = createRedisBuckets({ redis, log });
        await buckets.take('warm-up', { perMinute: 1, burst: 1 });
        await abortAll(buckets);
      } finally {
        await redis.close();
        await redisServer.kill();
      }
    },
    120_000,
  );
});
