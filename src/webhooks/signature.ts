import { createHmac, timingSafeEqual } from 'node:crypto';
import type { WebhookConfig } from '../config.ts';

/** The key of a secret. Rests on assumption H34. */
export const webhookKey = (secret: string, encoding: WebhookConfig['encoding']): Buffer =>
  Buffer.from(secret, encoding);

/**
 * Whether `signature` is the lower-case hex HMAC-SHA256 of the body, a dot and the timestamp, by one of the keys.
 * The body is compared as bytes, before anything parses it. The comparison takes the same time for each wrong signature.
 */
export function isSigned(
  body: Buffer,
  timestamp: string,
  signature: string,
  keys: readonly Buffer[],
): boolean {
  const received = Buffer.from(signature, 'latin1');
  let signed = false;
  for (const key of keys) {
    const expected = createHmac('sha256', key)
      .update(body)
      .update('.')
      .update(timestamp, 'latin1')
      .digest('hex');
    const bytes = Buffer.from(expected, 'latin1');
    // Each key is compared, so that the time does not say which one matched.
    if (received.length === bytes.length && timingSafeEqual(received, bytes)) signed = true;
  }
  return signed;
}
