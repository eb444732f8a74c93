/** A server on a real port. Its only subscription returns what a test pushes. */
import { createServer } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { buildSchema } from 'graphql';
import { Unauthenticated } from '../../../src/auth/unauthenticated.ts';
import { addCosts } from '../../../src/datasources/halo-cloud/transport/add-costs.ts';
import { answerPlain } from '../../../src/http/answer-plain.ts';
import { crossOrigin } from '../../../src/http/cross-origin.ts';
import { createFetch } from '../../../src/http/fetch.ts';
import { createListener } from '../../../src/http/listener.ts';
import { answerStream } from '../../../src/http/streams/answer-stream.ts';
import { Heartbeats } from '../../../src/http/streams/heartbeats.ts';
import { createWebSockets } from '../../../src/http/streams/web-socket.ts';
import { listenToUpgrades } from '../../../src/http/upgrades.ts';
import { createPipeline } from '../../../src/operation/pipeline.ts';
import { createMetrics } from '../../../src/telemetry/metrics.ts';

export interface TickingOptions {
  readonly heartbeatMs?: number;
  readonly allowedOrigins?: readonly string[];
  /** Letters in each tick. */
  readonly size?: number;
  /** Ticks without end, as fast as they are taken. */
  readonly endless?: boolean;
}

/** Beats at a time that a test chooses, too. */
class TestHeartbeats extends Heartbeats {
  readonly #beats = new Set<() => void>();

  override add(beat: () => void): () => void {
    const end = super.add(beat);
    this.#beats.add(beat);
    return () => {
      this.#beats.delete(beat);
      end();
    };
  }

  beat(): void {
    for (const each of this.#beats) each();
  }
}

export async function tickingServer(options: TickingOptions = {}) {
  const { allowedOrigins = [], heartbeatMs = 60_000, size = 0, endless = false } = options;
  const schema = buildSchema(
    'type Query { a: Int big: String slow: String } type Subscription { ticks: String }',
  );
  const source = { pulled: 0, ended: 0, waiting: [] as string[], wake: () => {}, closed: false };
  const field = schema.getSubscriptionType()?.getFields().ticks;
  if (!field) throw new Error('no such field');
  field.subscribe = () => {
    let over = false;
    const end = () => {
      if (over) return;
      over = true;
      source.ended += 1;
      source.wake();
    };
    return {
      async next() {
        source.pulled += 1;
        while (!over && !endless && source.waiting.length === 0 && !source.closed)
          await new Promise<void>((resolve) => {
            source.wake = resolve;
          });
        const tick = endless ? 'x'.repeat(size) : source.waiting.shift();
        if (over || tick === undefined) return { done: true, value: undefined };
        return { done: false, value: { ticks: tick } };
      },
      async return() {
        end();
        return { done: true, value: undefined };
      },
      [Symbol.asyncIterator]() {
        return this;
      },
    };
  };
  const slow = new Set<(text: string) => void>();
  const queries = schema.getQueryType()?.getFields() ?? {};
  if (queries.big) queries.big.resolve = () => 'x'.repeat(size);
  if (queries.slow) queries.slow.resolve = () => new Promise((resolve) => slow.add(resolve));
  const log = { debug() {}, info() {}, warn() {}, error: (...args: unknown[]) => errors.push(args) };
  const errors: unknown[] = [];
  const pipeline = createPipeline({
    schema,
    authenticate: async ({ headers }) => {
      if (headers.get('authorization') === 'Bearer wrong') throw Unauthenticated.refused('a test');
      return { name: headers.get('authorization') ?? 'tester', scopes: [], practices: 'all' };
    },
    metrics: createMetrics(),
    log: log as never,
    registered: [],
    environment: 'sandbox',
    deadlineMs: 60_000,
    openSession: () => ({ cost: () => addCosts([]), notices: () => [] }) as never,
    routePractice: () => undefined as never,
    idempotency: undefined as never,
    live: undefined as never,
  });
  const crossing = crossOrigin(allowedOrigins, []);
  const heartbeats = new TestHeartbeats(heartbeatMs);
  const plain = answerPlain(pipeline, crossing);
  const stream = answerStream(pipeline, crossing);
  const sockets = createWebSockets({ pipeline, allowedOrigins, heartbeats, log: log as never });
  const notPlain = async (_: unknown, response: { writeHead(status: number): { end(): void } }) =>
    response.writeHead(418).end();
  const listener = createListener({
    ...{ pipeline, plain, stream, heartbeats, crossOrigin: crossing },
    next: notPlain as never,
    log: log as never,
  });
  const server = createServer(listener);
  listenToUpgrades(server, sockets.upgrade);
  const connections: Socket[] = [];
  server.on('connection', (socket) => connections.push(socket));
  const bytes = (of: (socket: Socket) => number) => connections.reduce((sum, socket) => sum + of(socket), 0);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url: `${origin}/graphql`,
    socketUrl: `${origin.replace('http', 'ws')}/graphql`,
    source,
    heartbeats,
    errors,
    sockets,
    drain() {
      listener.drain();
      sockets.drain();
    },
    /** Bytes that clients have sent and the server has read. */
    bytesRead: () => bytes((socket) => socket.bytesRead),
    /** Bytes that the server has for clients that do not take them. */
    bytesWaiting: () => bytes((socket) => socket.writableLength),
    /** Operations that wait in the field `slow`, and how they go on. */
    slow,
    fetch: createFetch({
      pipeline,
      plain,
      stream,
      next: () => new Response(null, { status: 418 }),
      Response: async () => Response,
    }),
    push(...ticks: string[]) {
      source.waiting.push(...ticks);
      source.wake();
    },
    finish() {
      source.closed = true;
      source.wake();
    },
    /** Subscriptions that are open now. */
    held: () => pipeline.streams(),
    close() {
      listener.drain();
      server.closeAllConnections();
      server.close();
    },
  };
}

export type TickingServer = Awaited<ReturnType<typeof tickingServer>>;
