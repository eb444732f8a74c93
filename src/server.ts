/** Assembly only: one visible array of plugins. */
import type { RequestListener } from 'node:http';
import { NoSchemaIntrospectionCustomRule } from 'graphql';
import { createYoga, type YogaLogger } from 'graphql-yoga';
import type { Authenticator } from './auth/authenticator.ts';
import { type ContextOptions, createContext } from './context.ts';
import { crossOrigin } from './fast-path/cross-origin.ts';
import { type Fetch, fastFetch } from './fast-path/fast-fetch.ts';
import { createFastPath } from './fast-path/fast-path.ts';
import { fastListener } from './fast-path/listener.ts';
import { prepareDocuments, readAlways } from './fast-path/prepared-documents.ts';
import type { Log } from './log.ts';
import { documentCache } from './plugins/document-cache.ts';
import { graphiqlPage } from './plugins/graphiql-page.ts';
import { graphiqlTabs } from './plugins/graphiql-tabs.ts';
import { maskError } from './plugins/mask-error.ts';
import { type HandedOver, stateOf, useHandedOver } from './plugins/request-state.ts';
import { useAuthentication } from './plugins/use-authentication.ts';
import { type CallerLimits, useCallerLimits } from './plugins/use-caller-limits.ts';
import { useCsrfPrevention } from './plugins/use-csrf-prevention.ts';
import { useDocumentLimits } from './plugins/use-document-limits.ts';
import { useHaloExtensions } from './plugins/use-halo-extensions.ts';
import { type KnownOperations, useKnownOperations } from './plugins/use-known-operations.ts';
import { useMaskedErrors } from './plugins/use-masked-errors.ts';
import { useMetrics } from './plugins/use-metrics.ts';
import { useNoIntrospection } from './plugins/use-no-introspection.ts';
import { useOperationLog } from './plugins/use-operation-log.ts';
import { useOperationRecord } from './plugins/use-operation-record.ts';
import { usePatientAudit } from './plugins/use-patient-audit.ts';
import { type PriceLimit, usePriceLimit } from './plugins/use-price-limit.ts';
import { useReadableRequests } from './plugins/use-readable-requests.ts';
import { useRequestId } from './plugins/use-request-id.ts';
import { useSecurityHeaders } from './plugins/use-security-headers.ts';
import { useShortMessages } from './plugins/use-short-messages.ts';
import { useTracing } from './plugins/use-tracing.ts';
import { rememberPrices } from './price/remembered-prices.ts';
import { schema } from './schema/index.ts';
import type { IdempotencyStore } from './store/idempotency.ts';
import { createMemoryStore } from './store/memory.ts';
import { createMetrics, type Metrics } from './telemetry/metrics.ts';

/** Of a request's body: ten times the longest document. */
const mostBodyBytes = 1_000_000;
const exposedHeaders = ['x-request-id', 'retry-after'];

export interface ServerOptions extends Omit<ContextOptions, 'idempotency' | 'onError'> {
  /** Who asks. */
  readonly authenticate: Authenticator;
  /** Whether a browser that opens the endpoint gets GraphiQL. @default true */
  readonly graphiql?: boolean;
  /** Whether the schema may be asked for itself. @default true */
  readonly introspection?: boolean;
  /** Origins whose pages may ask from a browser, such as `https://app.example`. @default none */
  readonly allowedOrigins?: readonly string[];
  /** How often and how much at once one caller may ask. @default without limits */
  readonly callerLimits?: CallerLimits;
  /** What one operation may cost. @default nothing is priced */
  readonly priceLimit?: PriceLimit;
  /** Operations that may be named instead of sent. @default none */
  readonly knownOperations?: KnownOperations;
  /** Where idempotency keys are kept. @default the memory of this process: right for a single replica */
  readonly idempotency?: IdempotencyStore;
  /** What `GET /metrics` tells. @default those of this server alone, without its process */
  readonly metrics?: Metrics;
  /** Milliseconds since 1970, for the dates in GraphiQL's tabs and the life of idempotency keys. @default Date.now */
  readonly clock?: () => number;
  /** Which documents the fast path takes: any that came before, any at all and compiled at once, or none. @default 'known' */
  readonly fastPath?: 'known' | 'any' | 'off';
}

/** A listener for `node:http`, or in memory `fetch`: `/graphql`, `/health`, `/metrics`. */
export interface GraphServer extends RequestListener {
  readonly fetch: Fetch;
}

/** The GraphQL server. What comes again and again is answered by the fast path, everything else by Yoga. */
export function createServer(options: ServerOptions): GraphServer {
  const {
    log,
    graphiql = true,
    introspection = true,
    allowedOrigins = [],
    knownOperations,
    callerLimits,
    priceLimit,
    clock = Date.now,
    metrics = createMetrics(),
    fastPath: fast = 'known',
  } = options;
  const { idempotency = createMemoryStore({ clock }) } = options;
  const perRequest: ContextOptions = { ...options, idempotency, onError: metrics.failed };
  const cache = documentCache();
  const yoga = createYoga<HandedOver>({
    schema,
    context: ({ request }) => {
      const state = stateOf(request);
      const { requestId, caller } = state;
      if (!caller) throw new Error('A request came to its execution without a caller.');
      state.context = createContext(perRequest, { requestId, caller }, request);
      return state.context;
    },
    plugins: [
      useHandedOver(),
      useRequestId(),
      useSecurityHeaders(),
      useCsrfPrevention(allowedOrigins),
      useAuthentication(options.authenticate, log),
      ...(callerLimits ? [useCallerLimits(callerLimits)] : []),
      useReadableRequests(),
      ...(knownOperations ? [useKnownOperations(knownOperations)] : []),
      useDocumentLimits(),
      ...(introspection ? [] : [useNoIntrospection()]),
      useHaloExtensions(),
      useShortMessages(),
      useOperationRecord(),
      useOperationLog(log),
      useMetrics(metrics),
      ...(priceLimit ? [usePriceLimit(priceLimit)] : []),
      usePatientAudit(),
      useTracing(),
      useMaskedErrors(log),
    ],
    // What is thrown outside of the fields: their own errors are masked, and logged, by the plugin.
    maskedErrors: { maskError },
    logging: yogaLogger(log),
    cors: allowedOrigins.length > 0 && {
      origin: [...allowedOrigins],
      credentials: false,
      methods: ['POST'],
      allowedHeaders: ['authorization', 'content-type', 'x-request-id'],
      exposedHeaders,
      maxAge: 600,
    },
    parserAndValidationCache: cache,
    extraParamNames: ['documentId'],
    batching: false,
    multipart: false,
    maxRequestBodySize: mostBodyBytes,
    landingPage: false,
    graphiql: graphiql && (() => ({ title: 'halo-graph', defaultTabs: graphiqlTabs(clock()) })),
    renderGraphiQL: graphiqlPage,
  });
  if (fast === 'off') return Object.assign(yoga.requestListener, { fetch: yoga.fetch as Fetch });
  const fastPath = createFastPath({
    ...perRequest,
    authenticate: options.authenticate,
    callerLimits,
    knownOperations,
    price: priceLimit && { most: priceLimit.most, of: rememberPrices(schema, priceLimit.source) },
    prepared: prepareDocuments({
      schema,
      rules: introspection ? [] : [NoSchemaIntrospectionCustomRule],
      ...(fast === 'any'
        ? { documents: readAlways(cache.documentCache), compileAfter: 0 }
        : { documents: cache.documentCache }),
    }),
    crossOrigin: crossOrigin(allowedOrigins, exposedHeaders),
    metrics,
  });
  return Object.assign(fastListener(fastPath, yoga, mostBodyBytes), {
    fetch: fastFetch(fastPath, (url, init, passedOn) => yoga.fetch(String(url), init, passedOn), {
      mostBodyBytes,
      Answer: yoga.fetchAPI.Response,
    }),
  });
}

/** Yoga tells errors that it masks; all else that it tells is its own coming and going. */
function yogaLogger(log: Log): YogaLogger {
  const ignore = () => {};
  // It tells what is thrown before execution twice.
  const told = new WeakSet<object>();
  return {
    debug: ignore,
    info: ignore,
    warn: ignore,
    error: (err: unknown) => {
      if (typeof err === 'object' && err !== null) {
        if (told.has(err)) return;
        told.add(err);
      }
      log.error({ err }, 'Unexpected error');
    },
  };
}
