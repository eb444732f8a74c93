/** Assembly only: one visible array of plugins. */
import type { RequestListener } from 'node:http';
import { NoSchemaIntrospectionCustomRule } from 'graphql';
import { createYoga, type YogaLogger } from 'graphql-yoga';
import type { Authenticator } from './auth/authenticator.ts';
import { type ContextOptions, createContext } from './context.ts';
import { allowedHeaders } from './http/cors-headers.ts';
import { crossOrigin } from './http/cross-origin.ts';
import { useCsrfPrevention } from './http/csrf.ts';
import { type Fetch, fastFetch } from './http/fast-fetch.ts';
import { graphiqlPage } from './http/graphiql-page.ts';
import { graphiqlTabs } from './http/graphiql-tabs.ts';
import { fastListener } from './http/listener.ts';
import { useSecurityHeaders } from './http/security-headers.ts';
import { useRequestId } from './http/use-request-id.ts';
import type { Log } from './log.ts';
import { useAuthentication } from './operation/authenticate.ts';
import { type PriceLimit, usePriceLimit } from './operation/check-price.ts';
import { useMetrics } from './operation/count-operation.ts';
import { createDocuments } from './operation/documents.ts';
import { createFastPath } from './operation/fast-path.ts';
import { useHaloExtensions } from './operation/halo-extension.ts';
import { type CallerLimits, useCallerLimits } from './operation/limit-caller.ts';
import { useOperationLog } from './operation/log-operation.ts';
import { maskError } from './operation/mask-error.ts';
import { useMaskedErrors } from './operation/mask-errors.ts';
import { type KnownOperations, useKnownOperations } from './operation/persisted-operations.ts';
import { type HandedOver, stateOf, useHandedOver } from './operation/request-state.ts';
import { useShortMessages } from './operation/short-messages.ts';
import { useTracing } from './operation/trace-operation.ts';
import { useDocuments } from './operation/use-documents.ts';
import { useOperationRecord } from './operation/use-operation-record.ts';
import { usePatientAudit } from './operation/use-patient-audit.ts';
import { usePreparedOperations } from './operation/use-prepared-operations.ts';
import { useReadableRequests } from './operation/use-readable-requests.ts';
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
  /** Lower-case names of request headers that those pages may send besides the usual ones. @default none */
  readonly corsHeaders?: readonly string[];
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
    corsHeaders = [],
    knownOperations,
    callerLimits,
    priceLimit,
    clock = Date.now,
    metrics = createMetrics(),
    fastPath: fast = 'known',
  } = options;
  const { idempotency = createMemoryStore({ clock }) } = options;
  const perRequest: ContextOptions = { ...options, idempotency, onError: metrics.failed };
  const documents = createDocuments({
    schema,
    rules: introspection ? [] : [NoSchemaIntrospectionCustomRule],
    compileAfter: fast === 'any' ? 0 : undefined,
  });
  const prices = priceLimit && rememberPrices(schema, priceLimit.source);
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
      useDocuments(documents),
      useHaloExtensions(),
      useShortMessages(),
      useOperationRecord(),
      useOperationLog(log),
      useMetrics(metrics),
      usePreparedOperations(documents),
      ...(priceLimit && prices ? [usePriceLimit(priceLimit.most, prices)] : []),
      usePatientAudit(),
      useTracing(),
      useMaskedErrors(log),
    ],
    // What is thrown outside of the fields: their own errors are masked, and logged, by the plugin.
    maskedErrors: { maskError: (error) => maskError(error) },
    logging: yogaLogger(log),
    cors: allowedOrigins.length > 0 && {
      origin: [...allowedOrigins],
      credentials: false,
      methods: ['POST'],
      allowedHeaders: allowedHeaders([...corsHeaders, ...options.passHeaders]),
      exposedHeaders,
      maxAge: 600,
    },
    parserAndValidationCache: false,
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
    price: priceLimit && prices && { most: priceLimit.most, of: prices },
    documents,
    takesAny: fast === 'any',
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
