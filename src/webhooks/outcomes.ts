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
 * Halo Cloud repeats a webhook after 5xx, 408, 429 and a timeout, but not after other 4xx (facts 4). So only a
 * failure of this server is a 503. A 401 means a wrong secret and nothing else.
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
