import { createHmac } from 'node:crypto';

/** A webhook request: its signed body and headers. */
export interface SignedWebhook {
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** `2026-03-05T14:30:00.0000000+00:00`, as .NET writes it. */
export const stamp = (ms: number): string =>
  new Date(ms).toISOString().replace(/(\.\d{3})Z$/, '$10000+00:00');

/** Signs a body for one attempt. The timestamp is that of the attempt. */
export function sign(id: string, body: string, secret: string, sentAt: number): SignedWebhook {
  const timestamp = stamp(sentAt);
  return {
    body,
    headers: {
      'content-type': 'application/json',
      'x-halo-id': id,
      'x-halo-timestamp': timestamp,
      'x-halo-signature-256': createHmac('sha256', secret).update(`${body}.${timestamp}`).digest('hex'),
    },
  };
}
