import type { IncomingMessage, ServerResponse } from 'node:http';
import { sendNodeResponse } from '@whatwg-node/server';
import { createYoga, type YogaLogger } from 'graphql-yoga';
import type { HaloEnvironment } from '../config.ts';
import type { Log } from '../log.ts';
import { maskError } from '../operation/mask-error.ts';
import type { Operation } from '../operation/operation.ts';
import type { Pipeline } from '../operation/pipeline.ts';
import type { Metrics } from '../telemetry/metrics.ts';
import { useCsrfPrevention } from './csrf.ts';
import { useGraphiql } from './use-graphiql.ts';
import { useMetricsPage } from './use-metrics-page.ts';
import { usePipeline, type YogaRequest } from './use-pipeline.ts';
import { type StatusPageOptions, useStatusPage } from './use-status-page.ts';

export interface YogaOptions {
  readonly pipeline: Pipeline;
  readonly metrics: Metrics;
  readonly log: Log;
  /** Undefined: there is no status page. */
  readonly status: StatusPageOptions | undefined;
  /** Whether a browser that opens the endpoint gets GraphiQL. */
  readonly graphiql: boolean;
  readonly environment: HaloEnvironment;
  readonly allowedOrigins: readonly string[];
  /** Request headers that pages of those origins may send. */
  readonly allowedHeaders: readonly string[];
  readonly exposedHeaders: readonly string[];
  readonly clock: () => number;
}

/** Handles the HTTP of all requests that are not plain: media types, GET, GraphiQL, event streams, CORS. */
export interface YogaHttp {
  /** Rethrows errors of its own steps and of writing the response. */
  respond(request: IncomingMessage, response: ServerResponse, operation: Operation): Promise<void>;
  fetch(url: string, init: RequestInit, operation: Operation): Response | Promise<Response>;
  /** The class of its responses. */
  readonly Response: typeof Response;
}

/** Yoga has no schema here, so only the pipeline executes operations. */
export function httpByYoga(options: YogaOptions): YogaHttp {
  const { pipeline, metrics, log, graphiql, environment, allowedOrigins, clock } = options;
  const yoga = createYoga<YogaRequest>({
    plugins: [
      useMetricsPage(metrics),
      options.status ? useStatusPage(options.status) : {},
      graphiql && useGraphiql(environment, clock),
      useCsrfPrevention(allowedOrigins),
      usePipeline(pipeline),
    ],
    maskedErrors: { maskError: (error) => maskError(error) },
    logging: yogaLogger(log),
    cors: allowedOrigins.length > 0 && corsFor(options),
    parserAndValidationCache: false,
    batching: false,
    multipart: false,
    // The pipeline reads the body and limits its length.
    maxRequestBodySize: false,
    landingPage: false,
    graphiql: false,
  });
  return {
    async respond(request, response, operation) {
      // Yoga's own listener swallows exceptions and leaves the connection open without a response.
      const made = await yoga.handleNodeRequestAndResponse(request, response, { operation } as YogaRequest);
      await sendNodeResponse(made, response, request, true);
    },
    fetch: (url, init, operation) => yoga.fetch(url, init, { operation } as YogaRequest),
    Response: yoga.fetchAPI.Response,
  };
}

/** Other origins get no header. Yoga would allow `null`, which any page can have as its origin in a sandboxed frame. */
function corsFor({ allowedOrigins, allowedHeaders, exposedHeaders }: YogaOptions) {
  const allowed = new Set(allowedOrigins);
  const granted = {
    origin: [...allowedOrigins],
    credentials: false,
    // PUT and DELETE: the single connection mode of GraphQL over SSE.
    methods: ['POST', 'PUT', 'DELETE'],
    allowedHeaders: [...allowedHeaders],
    exposedHeaders: [...exposedHeaders],
    maxAge: 600,
  };
  return ({ headers }: Request) => allowed.has(headers.get('origin') ?? '') && granted;
}

/** Yoga logs the errors that it masks. Its other messages are of no use to the operator. */
function yogaLogger(log: Log): YogaLogger {
  const ignore = () => {};
  // Yoga logs errors that are thrown before execution twice.
  const logged = new WeakSet<object>();
  return {
    debug: ignore,
    info: ignore,
    warn: ignore,
    error: (err: unknown) => {
      if (typeof err === 'object' && err !== null) {
        if (logged.has(err)) return;
        logged.add(err);
      }
      log.error({ err }, 'Unexpected error');
    },
  };
}
