import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { ExecutionResult } from 'graphql';
import type { RequestHeaders } from '../../lib/request-headers.ts';
import type { Pipeline } from '../../operation/pipeline.ts';
import type { CrossOrigin } from '../cross-origin.ts';
import { publicResult } from '../json-response.ts';
import { securityHeaders } from '../security-headers.ts';
import { type RunningOperation, runDetached } from './detached-operation.ts';
import type { Heartbeats } from './heartbeats.ts';
import { eventStream } from './stream-format.ts';
import { retryMs, streamHeaders } from './stream-response.ts';
import { writeTo } from './write-stream.ts';

/** Names the stream of a request. Only as a header: a token in a URL would be written to logs. */
export const tokenHeader = 'x-graphql-event-stream-token';
/** How long a stream is reserved until its client opens it. */
const reservedMs = 60_000;
const maxReserved = 1_000;

interface Stream {
  /** Undefined until the client opens it. */
  response: ServerResponse | undefined;
  readonly operations: Map<string, RunningOperation>;
}

export interface SingleConnectionOptions {
  readonly pipeline: Pipeline;
  readonly heartbeats: Heartbeats;
  readonly crossOrigin: CrossOrigin;
  /** Reads a JSON body. Rejects with a Refusal. */
  readonly readJson: (request: IncomingMessage) => Promise<unknown>;
}

/** Answers requests of the single connection mode of GraphQL over SSE. False: the request is another's. */
export type AnswerSingleConnection = (request: IncomingMessage, response: ServerResponse) => boolean;

/**
 * GraphQL over SSE with one connection for all operations of a client: PUT reserves a stream, GET opens it, POST starts an
 * operation on it, DELETE stops one. The library graphql-sse keeps every result that its client has not read yet in memory;
 * here the next result is taken when the connection can take more.
 */
export function singleConnection(options: SingleConnectionOptions): AnswerSingleConnection {
  const { pipeline, heartbeats, crossOrigin, readJson } = options;
  const streams = new Map<string, Stream>();
  let reserved = 0;

  async function reserve(response: ServerResponse, headers: RequestHeaders): Promise<void> {
    if (!(await pipeline.admits(headers))) {
      end(response, 401);
      return;
    }
    if (reserved >= maxReserved) {
      end(response.setHeader('retry-after', '5'), 503);
      return;
    }
    const token = randomUUID();
    const stream: Stream = { response: undefined, operations: new Map() };
    streams.set(token, stream);
    reserved += 1;
    setTimeout(() => {
      reserved -= 1;
      if (!stream.response) streams.delete(token);
    }, reservedMs).unref();
    response.writeHead(201, { 'content-type': 'text/plain; charset=utf-8' }).end(token);
  }

  function open(token: string, response: ServerResponse): void {
    const stream = streams.get(token);
    if (!stream) {
      end(response, 404);
      return;
    }
    if (stream.response) {
      end(response, 409);
      return;
    }
    stream.response = response;
    response.writeHead(200, { ...streamHeaders, 'content-type': eventStream.contentType });
    response.write(eventStream.begin(retryMs()));
    const endBeats = heartbeats.add(() => {
      if (!response.writableNeedDrain) response.write(eventStream.heartbeat);
    });
    response.once('close', () => {
      endBeats();
      streams.delete(token);
      for (const operation of stream.operations.values()) operation.end();
    });
  }

  async function start(token: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
    const stream = streams.get(token);
    if (!stream?.response) {
      end(response, 404);
      return;
    }
    const params = await readJson(request).catch(() => undefined);
    const id = operationIdIn(params);
    if (id === undefined) {
      end(response, 400);
      return;
    }
    if (stream.operations.has(id)) {
      end(response, 409);
      return;
    }
    const operation = runDetached(pipeline, headersOf(request), params, () => stream.operations.delete(id));
    stream.operations.set(id, operation);
    end(response, 202);
    void deliver(stream, id, operation);
  }

  async function deliver(stream: Stream, id: string, { result, end: stop }: RunningOperation): Promise<void> {
    const write = (event: string, data: object) =>
      stream.response && writeTo(stream.response, `event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
    const next = (each: ExecutionResult) => write('next', { id, payload: publicResult(each) });
    try {
      const results = await result;
      if (Symbol.asyncIterator in results) for await (const each of results) await next(each);
      else await next(results);
      await write('complete', { id });
    } finally {
      stop();
    }
  }

  function stop(token: string, id: string | null, response: ServerResponse): void {
    const stream = streams.get(token);
    if (!stream) {
      end(response, 404);
      return;
    }
    if (id === null) {
      end(response, 400);
      return;
    }
    stream.operations.get(id)?.end();
    end(response, 200);
  }

  return (request, response) => {
    const { method, url = '' } = request;
    const { pathname, searchParams } = new URL(url, 'http://localhost');
    const headers = headersOf(request);
    const token = headers.get(tokenHeader);
    if (pathname !== '/graphql' || (method !== 'PUT' && token === null)) return false;
    const crossing = crossOrigin(headers);
    if (!crossing) return false;
    for (const [name, value] of Object.entries({ ...securityHeaders, ...crossing }))
      response.setHeader(name, value);
    if (method === 'PUT') void reserve(response, headers);
    else if (method === 'GET') open(token ?? '', response);
    else if (method === 'POST') void start(token ?? '', request, response);
    else if (method === 'DELETE') stop(token ?? '', searchParams.get('operationId'), response);
    else return false;
    return true;
  };
}

function headersOf({ headers }: IncomingMessage): RequestHeaders {
  return { get: (name) => (headers[name] as string | undefined) ?? null };
}

function operationIdIn(params: unknown): string | undefined {
  const { extensions } = (params ?? {}) as { extensions?: { operationId?: unknown } };
  const id = extensions?.operationId;
  return typeof id === 'string' && id.length <= 128 ? id : undefined;
}

function end(response: ServerResponse, status: number): void {
  response.writeHead(status, { 'content-length': 0 }).end();
}
