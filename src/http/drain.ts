import type { RequestListener, Server, ServerResponse } from 'node:http';
import { Server as NetServer } from 'node:net';
import { onResponseEnd } from './response-end.ts';

/** Stops a server without cutting off running requests. */
export interface Drain {
  /**
   * Adds `GET /ready` for a load balancer in front of `next`. It answers 200 until the drain begins and 503 afterwards. From
   * then on, each response also sets `Connection: close`. The state of Halo Cloud does not matter here: if it is down, every
   * replica returns the same errors.
   */
  listener(next: RequestListener): RequestListener;
  /**
   * `/ready` answers 503 for `noticeMs`, while the server still serves requests. Then the server accepts no more connections,
   * and serves requests on open ones until the drain ends. Resolves with true when all requests have been answered and
   * no new one has arrived for a moment, or with false when `graceMs` has passed after the notice.
   */
  begin(server: Server, options: DrainOptions): Promise<boolean>;
}

export interface DrainOptions {
  readonly noticeMs: number;
  readonly graceMs: number;
  /** Called after the notice. Ends streams, which do not end on their own. */
  readonly onClosing?: () => void;
}

/** Idle connections stay open for this long, because a client may be about to send its next request. */
const quietMs = 500;
/** Connections on which no request has arrived are closed after this time. */
const unusedMs = 1_500;
const checkMs = 50;
/**
 * Maximum time in which a busy server finds a turn of the event loop without a new connection or request. In turns it would be
 * minutes where each of them is long, and the process would be killed before its operations have ended.
 */
const maxBusyMs = 2_000;

export function createDrain(): Drain {
  let draining = false;
  let running = 0;
  let quietSince = 0;
  const ended = () => {
    running -= 1;
    if (draining) quietSince = performance.now();
  };
  return {
    listener: (next) => (request, response) => {
      running += 1;
      onResponseEnd(request, response, ended);
      if (draining) response.setHeader('connection', 'close');
      const path = request.url?.split('?')[0];
      if (path !== '/ready') return next(request, response);
      if (request.method !== 'GET' && request.method !== 'HEAD') {
        return answer(response.setHeader('allow', 'GET, HEAD'), 405, 'GET alone');
      }
      answer(response, draining ? 503 : 200, draining ? 'draining' : 'ready');
    },
    async begin(server, { noticeMs, graceMs, onClosing }) {
      draining = true;
      if (noticeMs > 0) await new Promise((resolve) => setTimeout(resolve, noticeMs));
      onClosing?.();
      await waitingAreAccepted(server);
      quietSince = performance.now();
      return new Promise((resolve) => {
        const check = setInterval(() => {
          const forMs = running === 0 ? performance.now() - quietSince : 0;
          if (forMs >= quietMs) server.closeIdleConnections();
          // Clients open connections ahead. One that has sent no request does not count as idle.
          if (forMs >= unusedMs) server.closeAllConnections();
        }, checkMs);
        const end = (allAnswered: boolean) => {
          clearInterval(check);
          clearTimeout(grace);
          resolve(allAnswered);
        };
        const grace = setTimeout(() => end(false), graceMs);
        // The `close` of node:http closes idle connections at once.
        NetServer.prototype.close.call(server, () => end(true));
      });
    },
  };
}

/**
 * Resolves right after a turn of the event loop in which no connection was waiting. The kernel resets the connections that wait to
 * be accepted when the listening socket is closed. Their clients cannot know whether the request was carried out.
 */
async function waitingAreAccepted(server: Server): Promise<void> {
  let isQuiet = false;
  const note = () => {
    isQuiet = false;
  };
  server.on('connection', note).on('request', note);
  const until = performance.now() + maxBusyMs;
  while (!isQuiet && performance.now() < until) {
    isQuiet = true;
    // Node accepts a waiting connection, or all of them, before the callbacks of setImmediate run.
    await new Promise((resolve) => setImmediate(resolve));
  }
  server.off('connection', note).off('request', note);
}

function answer(response: ServerResponse, status: number, text: string): void {
  response
    .writeHead(status, {
      'content-type': 'text/plain; charset=utf-8',
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
    })
    .end(`${text}\n`);
}
