import { createYoga, type Plugin, type YogaLogger } from 'graphql-yoga';
import type { Log } from '../log.ts';
import { maskError } from '../operation/mask-error.ts';
import type { Pipeline } from '../operation/pipeline.ts';
import type { Metrics } from '../telemetry/metrics.ts';
import { useCsrfPrevention } from './csrf.ts';
import { graphiqlPage } from './graphiql-page.ts';
import { graphiqlTabs } from './graphiql-tabs.ts';
import { useMetricsPage } from './use-metrics-page.ts';
import { usePipeline, type YogaRequest } from './use-pipeline.ts';

export interface YogaOptions {
  readonly pipeline: Pipeline;
  readonly metrics: Metrics;
  readonly log: Log;
  /** Whether a browser that opens the endpoint gets GraphiQL. */
  readonly graphiql: boolean;
  readonly allowedOrigins: readonly string[];
  /** Of requests from those origins. */
  readonly allowedHeaders: readonly string[];
  readonly exposedHeaders: readonly string[];
  readonly clock: () => number;
}

/**
 * HTTP of all requests that are not plain: media types, GET, GraphiQL, event streams, CORS. It has no schema, so that
 * nothing is executed but by the pipeline.
 */
export function httpByYoga(options: YogaOptions) {
  const { pipeline, metrics, log, graphiql, allowedOrigins, exposedHeaders, clock } = options;
  return createYoga<YogaRequest>({
    plugins: [
      useAnswerAlways(log),
      useMetricsPage(metrics),
      useCsrfPrevention(allowedOrigins),
      usePipeline(pipeline),
    ],
    maskedErrors: { maskError: (error) => maskError(error) },
    logging: yogaLogger(log),
    cors: allowedOrigins.length > 0 && {
      origin: [...allowedOrigins],
      credentials: false,
      methods: ['POST'],
      allowedHeaders: [...options.allowedHeaders],
      exposedHeaders: [...exposedHeaders],
      maxAge: 600,
    },
    parserAndValidationCache: false,
    batching: false,
    multipart: false,
    // The body is read, and limited, by the pipeline.
    maxRequestBodySize: false,
    landingPage: false,
    graphiql: graphiql && (() => ({ title: 'halo-graph', defaultTabs: graphiqlTabs(clock()) })),
    renderGraphiQL: graphiqlPage,
  });
}

/** Of an exception outside its own steps Yoga would answer the stack. */
function useAnswerAlways(log: Log): Plugin {
  return {
    onRequest({ requestHandler, setRequestHandler, fetchAPI }) {
      setRequestHandler(async (request, context) => {
        try {
          return await requestHandler(request, context);
        } catch (err) {
          log.error({ err }, 'Unexpected error');
          return new fetchAPI.Response(null, { status: 500 });
        }
      });
    },
  };
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
