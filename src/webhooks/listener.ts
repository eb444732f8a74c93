import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { Log } from '../log.ts';
import { statusOf, type WebhookOutcome } from './outcomes.ts';
import type { WebhookReceiver } from './receive.ts';

/** Path of the webhook. The URL that Halo support configures ends in it; a query string is ignored. */
export const webhookPath = '/webhooks/halo';
const maxBodyBytes = 16_384;

export interface WebhookListenerOptions {
  readonly receiver: WebhookReceiver;
  /** Called once for each webhook. */
  readonly count: (outcome: WebhookOutcome) => void;
  readonly log: Log;
}

/** `next`, behind `POST /webhooks/halo`. */
export function withWebhooks(options: WebhookListenerOptions, next: RequestListener): RequestListener {
  return (request, response) => {
    if (request.url?.split('?')[0] !== webhookPath) return next(request, response);
    void answer(options, request, response);
  };
}

/** Answers every other path with 404, for a separate port. */
export const notFound: RequestListener = (_request, response) => end(response, 404);

/** Never rejects. */
async function answer(
  { receiver, count, log }: WebhookListenerOptions,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if (request.method !== 'POST') return end(response.setHeader('allow', 'POST'), 405);
  const body = await bodyOf(request);
  // The connection was closed, so no response is possible.
  if (body === null) return;
  const outcome =
    body === 'too_large'
      ? body
      : await receiver.receive({
          body,
          id: headerOf(request, 'x-halo-id'),
          timestamp: headerOf(request, 'x-halo-timestamp'),
          signature: headerOf(request, 'x-halo-signature-256'),
        });
  count(outcome);
  log.debug({ outcome }, 'webhook');
  if (outcome === 'too_large') response.setHeader('connection', 'close');
  end(response, statusOf[outcome]);
}

const headerOf = ({ headers }: IncomingMessage, name: string): string => {
  const value = headers[name];
  return typeof value === 'string' ? value : '';
};

/** The bytes as they came. Null: the connection closed before the end. */
function bodyOf(request: IncomingMessage): Promise<Buffer | 'too_large' | null> {
  if (Number(request.headers['content-length'] ?? 0) > maxBodyBytes) return Promise.resolve('too_large');
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let length = 0;
    request.on('data', (chunk: Buffer) => {
      length += chunk.length;
      if (length <= maxBodyBytes) return void chunks.push(chunk);
      chunks.length = 0;
      request.pause();
      resolve('too_large');
    });
    request.once('end', () => resolve(Buffer.concat(chunks)));
    request.once('error', () => resolve(null));
    request.once('close', () => resolve(null));
  });
}

function end(response: ServerResponse, status: number): void {
  response
    .writeHead(status, {
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      'content-length': 0,
    })
    .end();
}
