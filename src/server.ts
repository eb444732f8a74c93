/** Creates the server: one pipeline of steps, and the transports in front of it. */
import type { RequestListener } from 'node:http';
import type { Authenticator } from './auth/authenticator.ts';
import type { ContextOptions } from './context.ts';
import { faultHeader } from './datasources/halo-cloud/transport/call-headers.ts';
import { answerPlain } from './http/answer-plain.ts';
import { allowedHeaders } from './http/cors-headers.ts';
import { crossOrigin } from './http/cross-origin.ts';
import { createFetch, type Fetch } from './http/fetch.ts';
import { createListener } from './http/listener.ts';
import { answerStream } from './http/streams/answer-stream.ts';
import { Heartbeats } from './http/streams/heartbeats.ts';
import { createWebSockets, type WebSockets } from './http/streams/web-socket.ts';
import type { YogaHttp } from './http/yoga.ts';
import { createLiveBooks, type LiveBooks } from './live/live-books.ts';
import type { PriceLimit } from './operation/check-price.ts';
import type { CallerLimits } from './operation/limit-caller.ts';
import type { StreamLimits } from './operation/open-streams.ts';
import type { KnownOperations } from './operation/persisted-operations.ts';
import { createPipeline } from './operation/pipeline.ts';
import { schema } from './schema/index.ts';
import type { ReadStatus } from './status/status-report.ts';
import type { IdempotencyStore } from './store/idempotency.ts';
import { createMemoryStore } from './store/memory.ts';
import { createMetrics, type Metrics } from './telemetry/metrics.ts';

const exposedHeaders = ['x-request-id', 'retry-after'];

export interface ServerOptions extends Omit<ContextOptions, 'idempotency' | 'live' | 'onError'> {
  /** Identifies the caller of a request. */
  readonly authenticate: Authenticator;
  /** Whether a browser that opens the endpoint gets GraphiQL. @default true */
  readonly graphiql?: boolean;
  /** Whether introspection is allowed. @default true */
  readonly introspection?: boolean;
  /** Origins whose pages may send requests from a browser, such as `https://app.example`. @default none */
  readonly allowedOrigins?: readonly string[];
  /** Lower-case names of request headers that those pages may send besides the usual ones. @default none */
  readonly corsHeaders?: readonly string[];
  /** Maximum request rate and concurrency of one caller. @default without limits */
  readonly callerLimits?: CallerLimits | undefined;
  /** Maximum price of one operation. @default no limit, and no price is calculated */
  readonly priceLimit?: PriceLimit | undefined;
  /** Operations that a request can refer to by id. @default none */
  readonly knownOperations?: KnownOperations;
  /** The store of idempotency keys. @default the memory of this process, which is enough for a single replica */
  readonly idempotency?: IdempotencyStore;
  /** The appointment books with subscribers. @default a set for this server alone */
  readonly live?: LiveBooks;
  /** Maximum numbers of subscriptions. @default without limits */
  readonly streamLimits?: StreamLimits;
  /** The metrics of `GET /metrics`. @default metrics for this server alone, without process metrics */
  readonly metrics?: Metrics;
  /** What `GET /status` shows to operators. @default there is no such page */
  readonly status?: ReadStatus;
  /** Milliseconds since 1970, for the dates in GraphiQL's tabs and the expiry of idempotency keys. @default Date.now */
  readonly clock?: () => number;
  /**
   * `known`: plain requests bypass Yoga, and a repeated operation is compiled. `any`: every operation is compiled at once.
   * `off`: Yoga reads every request, and nothing is compiled. @default 'known'
   */
  readonly fastPath?: 'known' | 'any' | 'off';
}

/** A listener for `node:http`, or `fetch` in memory: `/graphql`, `/health`, `/metrics`, `/status`. */
export interface GraphServer extends RequestListener, WebSockets {
  readonly fetch: Fetch;
  readonly live: LiveBooks;
  /** Ends all subscriptions, spread over this time in ms, and accepts no more. */
  drainStreams(overMs: number): Promise<void>;
}

export function createServer(options: ServerOptions): GraphServer {
  const { log, allowedOrigins = [], fastPath = 'known', clock = Date.now } = options;
  const { idempotency = createMemoryStore({ clock }), metrics = createMetrics() } = options;
  const { live = createLiveBooks(options) } = options;
  const pipeline = createPipeline({
    schema,
    ...options,
    idempotency,
    live,
    metrics,
    onError: metrics.failed,
    compileAfter: { known: undefined, any: 0, off: Number.POSITIVE_INFINITY }[fastPath],
  });
  const yogaOptions = {
    pipeline,
    metrics,
    log,
    status: options.status && { readStatus: options.status, authenticate: options.authenticate, log },
    // GraphiQL is useless when only persisted operations are allowed.
    graphiql: (options.graphiql ?? true) && !options.knownOperations?.only,
    environment: options.environment,
    allowedOrigins,
    allowedHeaders: allowedHeaders([
      ...(options.corsHeaders ?? []),
      ...(options.simulateFaults ? [faultHeader] : []),
    ]),
    exposedHeaders,
    clock,
  };
  // Loaded for the first request that needs it: Yoga and Node's fetch take a tenth of the start.
  let loaded: Promise<YogaHttp> | undefined;
  const yoga = async () => {
    loaded ??= import('./http/yoga.ts').then(({ httpByYoga }) => httpByYoga(yogaOptions));
    return loaded;
  };
  const crossing = crossOrigin(allowedOrigins, exposedHeaders);
  const plain = fastPath === 'off' ? undefined : answerPlain(pipeline, crossing);
  const stream = answerStream(pipeline, crossing);
  const heartbeats = new Heartbeats();
  const sockets = createWebSockets({ pipeline, allowedOrigins, heartbeats, log });
  const listener = createListener({
    ...{ pipeline, plain, stream, heartbeats, log },
    crossOrigin: crossing,
    next: async (request, response, operation) => (await yoga()).respond(request, response, operation),
  });
  const { drain } = listener;
  return Object.assign(listener, {
    fetch: createFetch({
      pipeline,
      plain,
      stream,
      next: async (url, init, operation) => (await yoga()).fetch(url, init, operation),
      Response: async () => (await yoga()).Response,
    }),
    upgrade: sockets.upgrade,
    drain() {
      drain();
      sockets.drain();
    },
    live,
    drainStreams: pipeline.drainStreams,
  });
}
