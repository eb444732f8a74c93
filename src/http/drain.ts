import type { RequestListener, Server, ServerResponse } from 'node:http';

/** How a server that is told to stop comes to its end without cutting anybody off. */
export interface Drain {
  /**
   * `next` behind `GET /ready`, for a load balancer: 200 while requests are welcome, 503 from the beginning of the drain on,
   * when each answer also asks its connection to close. Halo Cloud has no part in it: without it answers are errors, which
   * no other replica would spare the caller.
   */
  listener(next: RequestListener): RequestListener;
  /**
   * Says for so many milliseconds that no more requests are welcome, while those that come are still served; then closes
   * the listener. Resolves when all have been answered (true), or when the grace after that is over (false).
   */
  begin(server: Server, times: { readonly noticeMs: number; readonly graceMs: number }): Promise<boolean>;
}

const idleCheckMs = 100;

export function createDrain(): Drain {
  let draining = false;
  return {
    listener: (next) => (request, response) => {
      if (draining) response.setHeader('connection', 'close');
      const path = request.url?.split('?')[0];
      if (path !== '/ready') return next(request, response);
      if (request.method !== 'GET' && request.method !== 'HEAD') {
        return answer(response.setHeader('allow', 'GET, HEAD'), 405, 'GET alone');
      }
      answer(response, draining ? 503 : 200, draining ? 'draining' : 'ready');
    },
    async begin(server, { noticeMs, graceMs }) {
      draining = true;
      if (noticeMs > 0) await new Promise((resolve) => setTimeout(resolve, noticeMs));
      return new Promise((resolve) => {
        // A kept-alive connection becomes idle when its request has been answered.
        const idle = setInterval(() => server.closeIdleConnections(), idleCheckMs);
        const end = (allAnswered: boolean) => {
          clearInterval(idle);
          clearTimeout(grace);
          resolve(allAnswered);
        };
        const grace = setTimeout(() => end(false), graceMs);
        server.close(() => end(true));
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
