import { z } from 'zod';
import { instantOf } from './timestamp.ts';

/**
 * Body of a webhook (facts 4): a query completed. It holds ids only. Other fields are ignored, so that Halo Cloud can add some.
 */
const notification = z.object({
  id: z.guid(),
  occurredAt: z.string().refine((text) => instantOf(text) !== null),
  siteId: z.guid(),
  queryId: z.guid(),
  webhookSource: z.string().min(1).max(40),
});

export type WebhookNotification = z.infer<typeof notification>;

/** The notification in a body; null for anything else than one JSON object with all its fields. */
export function readNotification(body: Buffer): WebhookNotification | null {
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(body);
    const parsed = notification.safeParse(JSON.parse(text));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}
