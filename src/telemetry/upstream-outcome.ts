import type { UpstreamEvent } from '../datasources/halo-cloud/transport/upstream-event.ts';

export type UpstreamOutcome =
  | 'ok'
  | 'forbidden'
  | 'rate_limited'
  | 'site_away'
  | 'timed_out'
  | 'refused'
  | 'failed'
  | 'aborted'
  | 'no_connection';

const byStatus: Readonly<Record<number, UpstreamOutcome>> = {
  401: 'forbidden',
  403: 'forbidden',
  429: 'rate_limited',
  503: 'site_away',
  504: 'timed_out',
};

/**
 * The outcome of a call as a metric label. `refused` is any other 4xx, `failed` any other 5xx. A 200 that reports a failed
 * query is `ok`, because Halo Cloud answered.
 */
export function upstreamOutcome({
  status,
  failure,
}: Pick<UpstreamEvent, 'status' | 'failure'>): UpstreamOutcome {
  if (failure === 'aborted') return 'aborted';
  if (failure === 'unanswered') return 'timed_out';
  if (failure !== null || status === null) return 'no_connection';
  return byStatus[status] ?? (status < 400 ? 'ok' : status < 500 ? 'refused' : 'failed');
}
