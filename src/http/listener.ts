import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { Stop } from '../lib/stop.ts';
import type { Answered, FastPath, PassedOn } from '../operation/fast-path.ts';
import type { PlainRequest } from './plain-request.ts';

/** How a request goes on that the fast path leaves to others. */
export type Next = (request: IncomingMessage, response: ServerResponse, passedOn: PassedOn) => void;

/** The fast path in front of `next`, for bodies of a length that is told and at most so many bytes. */
export function fastListener(fastPath: FastPath, next: Next, mostBodyBytes: number): RequestListener {
  return (request, response) => {
    const length = Number(request.headers['content-length']);
    if (!(length > 0 && length <= mostBodyBytes)) return next(request, response, {});
    fastPath(plain(request, response)).then(
      (outcome) => {
        if ('headers' in outcome) send(response, outcome);
        else next(Object.assign(request, outcome.body && { body: outcome.body }), response, outcome);
      },
      (error) => response.destroy(error),
    );
  };
}

function plain(request: IncomingMessage, response: ServerResponse): PlainRequest {
  const { method = '', url = '', headers } = request;
  const gone = new Stop();
  response.once('close', () => {
    if (!response.writableEnded) gone.abort(new DOMException('The caller has gone.', 'AbortError'));
  });
  return {
    method,
    target: url,
    headers: { get: (name) => headerOf(headers[name]) },
    signal: gone,
    text: () => textOf(request),
  };
}

const headerOf = (value: string | readonly string[] | undefined): string | null =>
  value === undefined ? null : typeof value === 'string' ? value : value.join(', ');

function textOf(request: IncomingMessage): Promise<string> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.once('end', () => resolve(Buffer.concat(chunks).toString('utf8')));
    request.once('error', reject);
  });
}

function send(response: ServerResponse, { status, headers, body, tell }: Answered): void {
  const lengths = body.map((piece) => Buffer.byteLength(piece));
  const length = lengths.reduce((sum, each) => sum + each, 0);
  response.writeHead(status, { ...headers, 'content-length': length });
  const last = body.length - 1;
  // As ASCII, what is nothing else needs no encoding; and Node makes no text of headers and body together.
  const encodingOf = (at: number) => (lengths[at] === body[at]?.length ? 'ascii' : 'utf8');
  if (last > 0) response.cork();
  for (let at = 0; at < last; at += 1) response.write(body[at], encodingOf(at));
  response.end(body[last], encodingOf(last));
  tell();
}
