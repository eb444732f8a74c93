import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { ExecutionResult } from 'graphql';
import type { RequestHeaders } from '../../lib/request-headers.ts';
import type { Pipeline } from '../../operation/pipeline.ts';
import type { CrossOrigin } from '../cross-origin.ts';
import { publicResult } from '../json-response.ts';
import { nodeHeaders } from '../node-headers.ts';
import { securityHeaders } from '../security-headers.ts';
import { type RunningOperation, runDetached } from './detached-operation.ts';
import type { Heartbeats } from './heartbeats.ts';
import { eventStream } from './stream-format.ts';
import { retryMs, streamHeaders } from './stream-response.ts';
import { writeTo } from './write-stream.ts';

/** The header with the token of a request's stream. A token in a URL would be logged, so only the header is read. */
export const tokenHeader = 'x-graphql-event-stream-token';
/** A reservation of a stream expires after this time if its client does not open it. */
const reservedMs = 60_000;
const maxReserved = 1_000;
/** Maximum number of reserved streams of one caller. */
const maxReservedByCaller = 100;

interface Stream {
  /** Undefined until the client opens it. */
  response: ServerResponse | undefined;
  /** Releases its slot among the streams that are not open yet. */
  readonly leaveReserved: () => void;
  readonly operations: Map<string, RunningOperation>;
}

export interface SingleConnectionOptions {
  readonly pipeline: Pipeline;
  readonly heartbeats: Heartbeats;
  readonly crossOrigin: CrossOrigin;
  /** Reads a JSON body. Rejects with a Refusal. */
  readonly readJson: (request: IncomingMessage) => Promise<unknown>;
  /** Logs an exception, and answers 500 or closes the connection. */
  readonly failed: (response: ServerResponse, error: unknown) => void;
}

/** The single connection mode of GraphQL over SSE. */
export interface SingleConnection {
  /** Answers a request of this mode. False: the request is of another kind. */
  answer(request: IncomingMessage, response: ServerResponse): boolean;
  /** Opens no more streams. Each open one ends when its last operation has ended, and reservations end at once. */
  drain(): void;
}

/**
 * GraphQL over SSE with one connection for all operations of a client: PUT reserves a stream, GET opens it, POST starts an
 * operation on it, DELETE stops one. The library graphql-sse keeps every result that its client has not read yet in memory;
 * here the next result is taken when the connection can take more.
 */
export function singleConnection(options: SingleConnectionOptions): SingleConnection {
  const { pipeline, heartbeats, crossOrigin, readJson, failed } = options;
  const streams = new Map<string, Stream>();
  const reserved = createReservations();
  let draining = false;

  async function reserve(response: ServerResponse, headers: RequestHeaders): Promise<void> {
    const admitted = await pipeline.admits(headers);
    if (!admitted) return end(response, 401);
    const leave = draining ? null : reserved.enter(admitted.caller);
    if (!leave) return end(response.setHeader('retry-after', '5'), 503);
    const token = randomUUID();
    const expiry = setTimeout(() => {
      leave();
      streams.delete(token);
    }, reservedMs).unref();
    const leaveReserved = () => {
      clearTimeout(expiry);
      leave();
    };
    streams.set(token, { response: undefined, leaveReserved, operations: new Map() });
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
    if (draining) {
      end(response, 503);
      return;
    }
    stream.response = response;
    stream.leaveReserved();
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
    // The stream may have closed meanwhile. Then the operation must end here.
    if (streams.get(token) !== stream || draining) {
      end(response, draining ? 503 : 404);
      return;
    }
    const id = operationIdIn(params);
    if (id === undefined) {
      end(response, 400);
      return;
    }
    if (stream.operations.has(id)) {
      end(response, 409);
      return;
    }
    const operation = runDetached(pipeline, nodeHeaders(request), params, () => {
      stream.operations.delete(id);
      // The operation's `complete` message is written first.
      if (draining) setImmediate(endIdle, stream);
    });
    stream.operations.set(id, operation);
    end(response, 202);
    await deliver(stream.response, id, operation.results).finally(operation.end);
  }

  async function deliver(
    response: ServerResponse,
    id: string,
    results: AsyncIterable<ExecutionResult>,
  ): Promise<void> {
    const write = (event: string, data: object) =>
      writeTo(response, `event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
    for await (const each of results) await write('next', { id, payload: publicResult(each) });
    await write('complete', { id });
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

  function endIdle({ response, operations }: Stream): void {
    if (operations.size === 0) response?.end();
  }

  function answer(request: IncomingMessage, response: ServerResponse): boolean {
    const { method, url = '' } = request;
    if (method !== 'PUT' && request.headers[tokenHeader] === undefined) return false;
    const headers = nodeHeaders(request);
    const token = headers.get(tokenHeader);
    const { pathname, searchParams } = new URL(url, 'http://localhost');
    if (pathname !== '/graphql') return false;
    const crossing = crossOrigin(headers);
    if (!crossing) return false;
    for (const [name, value] of Object.entries({ ...securityHeaders, ...crossing }))
      response.setHeader(name, value);
    if (method === 'PUT') void reserve(response, headers);
    else if (method === 'GET') open(token ?? '', response);
    else if (method === 'POST')
      start(token ?? '', request, response).catch((error: unknown) => failed(response, error));
    else if (method === 'DELETE') stop(token ?? '', searchParams.get('operationId'), response);
    else return false;
    return true;
  }

  return {
    answer,
    drain() {
      draining = true;
      for (const stream of streams.values()) {
        if (stream.response) endIdle(stream);
        else stream.leaveReserved();
      }
    },
  };
}

/** Counts the streams that are reserved and not open, so that one caller cannot use all reservations. */
function createReservations() {
  const byCaller = new Map<string, number>();
  let all = 0;
  return {
    /** Takes a slot. Returns a function that releases it. Null: no slot is free. */
    enter(caller: string): (() => void) | null {
      const own = byCaller.get(caller) ?? 0;
      if (all >= maxReserved || own >= maxReservedByCaller) return null;
      all += 1;
      byCaller.set(caller, own + 1);
      return () => {
        all -= 1;
        const left = (byCaller.get(caller) ?? 1) - 1;
        if (left > 0) byCaller.set(caller, left);
        else byCaller.delete(caller);
      };
    },
  };
}

function operationIdIn(params: unknown): string | undefined {
  const { extensions } = (params ?? {}) as { extensions?: { operationId?: unknown } };
  const id = extensions?.operationId;
  return typeof id === 'string' && id.length <= 128 ? id : undefined;
}

function end(response: ServerResponse, status: number): void {
  response.writeHead(status, { 'content-length': 0 }).end();
}
