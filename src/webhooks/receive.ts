import { within } from '../lib/within.ts';
import type { WebhookEvents } from '../live/query-hints.ts';
import { readNotification } from './notification.ts';
import type { WebhookOutcome } from './outcomes.ts';
import type { ReceivedIds } from './received-ids.ts';
import { isSigned } from './signature.ts';
import { instantOf, isRecent } from './timestamp.ts';

export interface ReceivedWebhook {
  /** As it came: the signature covers these bytes. */
  readonly body: Buffer;
  /** `X-Halo-Id`, which is not signed. */
  readonly id: string;
  /** `X-Halo-Timestamp`: when this attempt was sent. */
  readonly timestamp: string;
  /** `X-Halo-Signature-256` */
  readonly signature: string;
}

export interface WebhookReceiver {
  /** Never rejects. */
  receive(webhook: ReceivedWebhook): Promise<WebhookOutcome>;
}

/** The answer is due within one second; two steps share it. */
const deliveredWithinMs = 500;

export interface WebhookReceiverOptions {
  /** Two during a rotation. */
  readonly keys: readonly Buffer[];
  readonly ids: ReceivedIds;
  readonly events: WebhookEvents;
  /** Milliseconds since 1970. @default Date.now */
  readonly clock?: () => number;
}

/** Checks a webhook in the order signature, time, content, repetition, and hands its hint on. */
export function createWebhookReceiver(options: WebhookReceiverOptions): WebhookReceiver {
  const { keys, ids, events, clock = Date.now } = options;

  function refusal({ body, timestamp, signature }: ReceivedWebhook): WebhookOutcome | null {
    if (!isSigned(body, timestamp, signature, keys)) return 'bad_signature';
    const sentAt = instantOf(timestamp);
    if (sentAt === null) return 'malformed';
    return isRecent(sentAt, clock()) ? null : 'not_recent';
  }

  return {
    async receive(webhook) {
      const refused = refusal(webhook);
      if (refused) return refused;
      const notification = readNotification(webhook.body);
      if (notification?.id.toLowerCase() !== webhook.id.toLowerCase()) return 'malformed';
      const { id, queryId, siteId } = notification;
      if (!(await ids.claim(id))) return 'duplicate';
      try {
        const known = await within(deliveredWithinMs, events.onQueryCompleted(queryId, siteId));
        return known ? 'accepted' : 'unknown_query';
      } catch {
        // Halo Cloud sends it again. That attempt has the same id and must not count as a duplicate.
        await ids.release(id);
        return 'unavailable';
      }
    },
  };
}
