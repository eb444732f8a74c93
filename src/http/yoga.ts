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

export interface YogaOptions {
  readonly pipeline: Pipeline;
  readonly metrics: Metrics;
  readonly log: Log;
  /** Whether a browser that opens the endpoint gets GraphiQL. */
  readonly graphiql: boolean;
  readonly environment: HaloEnvironment;
  readonly allowedOrigins: readonly string[];
  /** Of requests from those origins. */
  readonly allowedHeaders: readonly string[];
  readonly exposedHeaders: readonly string[];
  readonly clock: () => number;
}

/** HTTP of all requests that are not plain: media types, GET, GraphiQL, event streams, CORS. */
export interface YogaHttp {
  /** Throws what its own steps, or writing the response, throw. */
  respond(request: IncomingMessage, response: ServerResponse, operation: Operation): Promise<void>;
  fetch(url: string, init: RequestInit, operation: Operation): Response | Promise<Response>;
  /** The class of its responses. */
  readonly Response: typeof Response;
}

/** Yoga has no schema here, so that nothing is executed but by the pipeline. */
export function httpByYoga(options: YogaOptions): YogaHttp {
  const { pipeline, metrics, log, graphiql, environment, allowedOrigins, clock } = options;
  const yoga = createYoga<YogaRequest>({
    plugins: [
      useMetricsPage(metrics),
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
    // The body is read, and limited, by the pipeline.
    maxRequestBodySize: false,
    landingPage: false,
    graphiql: false,
  });
  return {
    async respond(request, response, operation) {
      // Its own listener keeps exceptions to itself, and leaves the connection open without an answer.
      const made = await yoga.handleNodeRequestAndResponse(request, response, { operation } as YogaRequest);
      await sendNodeResponse(made, response, request, true);
    },
    fetch: (url, init, operation) => yoga.fetch(url, init, { operation } as YogaRequest),
    Response: yoga.fetchAPI.Response,
  };
}

/** Other origins get no header: Yoga would allow `null`, which is the origin of a sandboxed frame in any page. */
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
