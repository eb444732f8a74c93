import type { RequestListener, Server, ServerResponse } from 'node:http';
import { Server as NetServer } from 'node:net';
import { onResponseEnd } from './response-end.ts';

/** How a server that is told to stop comes to its end without cutting anybody off. */
export interface Drain {
  /**
   * `next` behind `GET /ready`, for a load balancer: 200 while requests are welcome, 503 from the beginning of the drain on,
   * when each answer also asks its connection to close. Halo Cloud has no part in it: without it answers are errors, which
   * no other replica would spare the caller.
   */
  listener(next: RequestListener): RequestListener;
  /**
   * Says for so many milliseconds that no more requests are welcome, while those that come are still served; then takes no
   * more connections. Requests on open connections are served until the end of the drain: when all have been answered and
   * none came for a moment (true), or when the grace after the notice is over (false).
   */
  begin(server: Server, options: DrainOptions): Promise<boolean>;
}

export interface DrainOptions {
  readonly noticeMs: number;
  readonly graceMs: number;
  /** Called after the notice: what does not end by itself is to be ended. */
  readonly onClosing?: () => void;
}

/** A client may be about to send its next request on an open connection: idle ones are kept for so long. */
const quietMs = 500;
const checkMs = 50;

export function createDrain(): Drain {
  let draining = false;
  const running = new Set<ServerResponse>();
  let quietSince = 0;
  return {
    listener: (next) => (request, response) => {
      running.add(response);
      onResponseEnd(request, response, () => {
        running.delete(response);
        quietSince = performance.now();
      });
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
      quietSince = performance.now();
      return new Promise((resolve) => {
        const check = setInterval(() => {
          if (running.size === 0 && performance.now() - quietSince >= quietMs) server.closeIdleConnections();
        }, checkMs);
        const end = (allAnswered: boolean) => {
          clearInterval(check);
          clearTimeout(grace);
          resolve(allAnswered);
        };
        const grace = setTimeout(() => end(false), graceMs);
        // The `close` of node:http would cut idle connections at once.
        NetServer.prototype.close.call(server, () => end(true));
      });
    },
  };
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
