/** Assembly only: one visible array of plugins. */
import { createYoga, type YogaLogger } from 'graphql-yoga';
import type { Authenticator } from './auth/authenticator.ts';
import { type ContextOptions, createContext } from './context.ts';
import type { Log } from './log.ts';
import { graphiqlPage } from './plugins/graphiql-page.ts';
import { graphiqlTabs } from './plugins/graphiql-tabs.ts';
import { maskError } from './plugins/mask-error.ts';
import { stateOf } from './plugins/request-state.ts';
import { useAuthentication } from './plugins/use-authentication.ts';
import { useCsrfPrevention } from './plugins/use-csrf-prevention.ts';
import { useDocumentLimits } from './plugins/use-document-limits.ts';
import { useHaloExtensions } from './plugins/use-halo-extensions.ts';
import { useMaskedErrors } from './plugins/use-masked-errors.ts';
import { useOperationLog } from './plugins/use-operation-log.ts';
import { useRequestId } from './plugins/use-request-id.ts';
import { useSecurityHeaders } from './plugins/use-security-headers.ts';
import { schema } from './schema/index.ts';
import type { IdempotencyStore } from './store/idempotency.ts';
import { createMemoryStore } from './store/memory.ts';

/** Of a request's body: ten times the longest document. */
const mostBodyBytes = 1_000_000;

export interface ServerOptions extends Omit<ContextOptions, 'idempotency'> {
  /** Who asks. */
  readonly authenticate: Authenticator;
  /** Whether a browser that opens the endpoint gets GraphiQL. @default true */
  readonly graphiql?: boolean;
  /** Where idempotency keys are kept. @default the memory of this process: right for a single replica */
  readonly idempotency?: IdempotencyStore;
  /** Milliseconds since 1970, for the dates in GraphiQL's tabs and the life of idempotency keys. @default Date.now */
  readonly clock?: () => number;
}

/** The GraphQL server as a request handler (`fetch`, or a listener for `node:http`): `/graphql` and `/health`. */
export function createServer(options: ServerOptions) {
  const { log, graphiql = true, clock = Date.now } = options;
  const { idempotency = createMemoryStore({ clock }) } = options;
  const perRequest: ContextOptions = { ...options, idempotency };
  return createYoga({
    schema,
    context: ({ request }) => {
      const state = stateOf(request);
      const { requestId, caller } = state;
      if (!caller) throw new Error('A request came to its execution without a caller.');
      state.context = createContext(perRequest, { requestId, caller }, request);
      return state.context;
    },
    plugins: [
      useRequestId(),
      useSecurityHeaders(),
      useCsrfPrevention(),
      useAuthentication(options.authenticate, log),
      useDocumentLimits(),
      useHaloExtensions(),
      useOperationLog(log),
      useMaskedErrors(log),
    ],
    // What is thrown outside of the fields: their own errors are masked, and logged, by the plugin.
    maskedErrors: { maskError },
    logging: yogaLogger(log),
    cors: false,
    batching: false,
    multipart: false,
    maxRequestBodySize: mostBodyBytes,
    landingPage: false,
    graphiql: graphiql && (() => ({ title: 'halo-graph', defaultTabs: graphiqlTabs(clock()) })),
    renderGraphiQL: graphiqlPage,
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
