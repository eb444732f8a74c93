import type { Plugin } from 'graphql-yoga';
import type { CostReport } from '../datasources/halo-session.ts';
import { haloErrorTable } from '../errors.ts';
import type { Metrics } from '../telemetry/metrics.ts';
import { type RequestState, stateOf } from './request-state.ts';

const nothing = { batched: 0, coalesced: 0, cached: 0 };

/** Counts operations, and answers `GET /metrics`: to anybody who can reach it, because it tells of no practice and nobody. */
export function useMetrics(metrics: Metrics): Plugin {
  return {
    async onRequest({ request, url, fetchAPI, endResponse }) {
      if (url.pathname !== '/metrics' || (request.method !== 'GET' && request.method !== 'HEAD')) return;
      const headers = { 'content-type': metrics.contentType };
      endResponse(new fetchAPI.Response(await metrics.text(), { headers }));
    },
    onResponse({ request }) {
      countOperation(metrics, stateOf(request));
    },
  };
}

/**
 * Nothing without a result.
 * @param cost where it was worked out already
 */
export function countOperation(
  metrics: Metrics,
  { startedAt, operationType, codes, context }: RequestState,
  cost: CostReport | undefined = context?.cost(),
): void {
  if (codes === undefined) return;
  const outcome = codes.length === 0 ? 'ok' : 'errors';
  // HaloErrors are counted where they are reported: those that are data never come by here.
  for (const code of codes) if (!(code in haloErrorTable)) metrics.failed(code);
  metrics.operationEnded({
    type: operationType ?? 'none',
    outcome: operationType ? outcome : 'refused',
    seconds: (performance.now() - startedAt) / 1000,
    saved: cost?.saved ?? nothing,
  });
}
