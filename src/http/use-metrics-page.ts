import type { Plugin } from 'graphql-yoga';
import type { Metrics } from '../telemetry/metrics.ts';

/** Answers `GET /metrics`. It needs no credential, because the metrics identify no practice and no person. */
export function useMetricsPage(metrics: Metrics): Plugin {
  return {
    async onRequest({ request, url, fetchAPI, endResponse }) {
      if (url.pathname !== '/metrics' || (request.method !== 'GET' && request.method !== 'HEAD')) return;
      const headers = { 'content-type': metrics.contentType };
      endResponse(new fetchAPI.Response(await metrics.text(), { headers }));
    },
  };
}
