import { readNotification } from './notification.ts';
import type { ReceivedIds } from './received-ids.ts';
import { isSigned } from './signature.ts';
import { instantOf, isRecent } from './timestamp.ts';
import { within } from './within.ts';

/** What became of a webhook. The metric `halo_graph_webhooks_total` counts each. */
export const webhookOutcomes = [
  'accepted',
  'duplicate',
  'unknown_query',
  'bad_signature',
  'not_recent',
  'malformed',
  'too_large',
  'unavailable',
] as const;
export type WebhookOutcome = (typeof webhookOutcomes)[number];

/**
 * Halo Cloud repeats a webhook after 5xx, 408, 429 and a timeout, and after no other 4xx (facts 4). So only our own trouble
 * is a 503. A 401 means a wrong secret and nothing else.
 */
export const statusOf: Readonly<Record<WebhookOutcome, number>> = {
  accepted: 200,
  duplicate: 200,
  unknown_query: 200,
  bad_signature: 401,
  not_recent: 400,
  malformed: 400,
  too_large: 413,
  unavailable: 503,
};

/** Where accepted webhooks go. */
export interface WebhookEvents {
  /**
   * A query has a new result. This is a hint: nothing is fetched before it returns. False: no replica waits for this query.
   * Rejects when another replica that may wait for it could not be notified.
   */
  onQueryCompleted(queryId: string, siteId: string): boolean | Promise<boolean>;
}

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
