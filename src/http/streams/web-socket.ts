import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type ExecutionResult, parse } from 'graphql';
import { handleProtocols, makeServer } from 'graphql-ws';
import { type WebSocket, WebSocketServer } from 'ws';
import type { RequestHeaders } from '../../lib/request-headers.ts';
import type { Log } from '../../log.ts';
import type { Pipeline } from '../../operation/pipeline.ts';
import { holdsTooManyValues } from '../../operation/read-params.ts';
import { maxBodyBytes } from '../body.ts';
import { publicResult } from '../json-response.ts';
import { nodeHeaders } from '../node-headers.ts';
import { type RunningOperation, runDetached } from './detached-operation.ts';
import type { Heartbeats } from './heartbeats.ts';

/** GraphQL over WebSocket: the protocol graphql-transport-ws on the path of the API. */
export interface WebSockets {
  /** Listens to `upgrade` of a `node:http` server. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  /** Accepts no more connections. Each open one is closed when its last operation has ended. */
  drain(): void;
}

export interface WebSocketOptions {
  readonly pipeline: Pipeline;
  /** Origins of pages that may connect, besides the page of this server. */
  readonly allowedOrigins: readonly string[];
  readonly heartbeats: Heartbeats;
  readonly log: Log;
}

/** The connection of a client that reads nothing for this long is closed. */
const stalledMs = 60_000;
/** While more unsent bytes wait for a client, nothing is read from it, because each of its pings would add a pong. */
const maxWaitingBytes = 1_000_000;
const initMs = 10_000;
const goingAway = 1001;
const tooBig = 1009;
/**
 * graphql-ws reads only the operation type from this document. The pipeline parses the client's own document and returns one
 * result or a stream.
 */
const anyOperation = parse('subscription { any }');

interface Extra {
  readonly socket: WebSocket;
  readonly upgrade: RequestHeaders;
  readonly running: Set<RunningOperation>;
}

interface Args {
  readonly contextValue: RunningOperation;
}

export function createWebSockets(options: WebSocketOptions): WebSockets {
  const { pipeline, heartbeats, log } = options;
  const origins = new Set(options.allowedOrigins);
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: maxBodyBytes,
    perMessageDeflate: false,
    autoPong: false,
    handleProtocols,
  });
  const open = new Set<Extra>();
  let draining = false;

  const server = makeServer<Record<string, unknown>, Extra>({
    connectionInitWaitTimeout: initMs,
    async onConnect({ connectionParams, extra }) {
      return (await pipeline.admits(headersIn(connectionParams, extra.upgrade))) !== null;
    },
    onSubscribe({ connectionParams, extra }, _id, payload) {
      const { running, upgrade } = extra;
      const operation = runDetached(pipeline, headersIn(connectionParams, upgrade), payload, () => {
        running.delete(operation);
        // The operation's `complete` message is sent first. A client that misses it would send the operation again.
        if (draining) setImmediate(closeIdle, extra);
      });
      running.add(operation);
      return { schema: undefined as never, document: anyOperation, contextValue: operation };
    },
    subscribe: (args) => (args as unknown as Args).contextValue.results as never,
    onNext: (_context, _id, _payload, _args, result) => publicResult(result as ExecutionResult) as never,
  });

  function closeIdle({ socket, running }: Extra): void {
    if (running.size === 0) socket.close(goingAway, 'Going away');
  }

  function connected(socket: WebSocket, request: IncomingMessage): void {
    const extra: Extra = { socket, upgrade: nodeHeaders(request), running: new Set() };
    open.add(extra);
    let alive = true;
    const endBeats = heartbeats.add(() => {
      // A slow client answers a ping after it has read all earlier messages. If it reads nothing, `write` closes it.
      if (socket.bufferedAmount > 0) return;
      if (!alive) return socket.terminate();
      alive = false;
      void write(socket, (sent) => socket.ping(undefined, undefined, sent));
    });
    const closed = server.opened(
      {
        protocol: socket.protocol,
        send: (text) => write(socket, (sent) => socket.send(text, sent)),
        close: (code, reason) => socket.close(code, reason),
        onMessage: (listener) =>
          socket.on('message', (message) => {
            alive = true;
            const text = String(message);
            if (holdsTooManyValues(text)) return socket.close(tooBig, 'Too many values');
            listener(text).catch((err: unknown) => {
              log.error({ err }, 'Unexpected error');
              socket.close(1011, 'Internal server error');
            });
          }),
      },
      extra,
    );
    socket.on('pong', () => {
      alive = true;
    });
    socket.on('ping', (data) => {
      alive = true;
      void write(socket, (sent) => socket.pong(data, false, sent));
    });
    // `close` follows each error.
    socket.on('error', () => {});
    socket.once('close', (code, reason) => {
      endBeats();
      open.delete(extra);
      for (const operation of extra.running) operation.end();
      void closed(code, String(reason));
    });
  }

  return {
    upgrade(request, socket, head) {
      // Writes to a closed connection fail here.
      socket.on('error', () => {});
      const refused = refusal(request, origins, draining);
      if (refused)
        return void socket.end(`HTTP/1.1 ${refused}\r\nconnection: close\r\ncontent-length: 0\r\n\r\n`);
      sockets.handleUpgrade(request, socket, head, connected);
    },
    drain() {
      draining = true;
      for (const each of open) closeIdle(each);
    },
  };
}

/**
 * Resolves when the message has left this process, so that the next result waits for a slow client. Never rejects.
 * @param begin sends it, and calls `sent` when it has left
 */
function write(socket: WebSocket, begin: (sent: () => void) => void): Promise<void> {
  return new Promise((resolve) => {
    // Resolves later, because a loop over ready results would never let the event loop process the socket's close.
    if (socket.readyState !== socket.OPEN) return void setImmediate(resolve);
    const stalled = setTimeout(() => socket.terminate(), stalledMs);
    begin(() => {
      clearTimeout(stalled);
      if (socket.bufferedAmount <= maxWaitingBytes) socket.resume();
      resolve();
    });
    if (socket.bufferedAmount > maxWaitingBytes) socket.pause();
  });
}

/** A browser sends the page's origin with each WebSocket, but no preflight. */
function refusal({ url = '', headers }: IncomingMessage, origins: ReadonlySet<string>, draining: boolean) {
  const { origin, host } = headers;
  if (url.split('?')[0] !== '/graphql') return '404 Not Found';
  if (draining) return '503 Service Unavailable';
  const own = origin !== undefined && URL.canParse(origin) && new URL(origin).host === host;
  return origin === undefined || own || origins.has(origin) ? null : '403 Forbidden';
}

/** Headers for each operation of a WebSocket, from `connection_init`, because a browser cannot set headers here. */
function headersIn(
  connectionParams: Readonly<Record<string, unknown>> | undefined,
  upgrade: RequestHeaders,
): RequestHeaders {
  const { headers, ...params } = connectionParams ?? {};
  const sent = { ...(typeof headers === 'object' ? headers : undefined), ...params };
  const byName = new Map<string, string>();
  for (const [name, value] of Object.entries(sent))
    if (typeof value === 'string') byName.set(name.toLowerCase(), value);
  return { get: (name) => byName.get(name) ?? (name === 'authorization' ? upgrade.get(name) : null) };
}
