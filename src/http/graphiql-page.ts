import type { HaloEnvironment } from '../config.ts';
import type { GraphiqlTab } from './graphiql-tabs.ts';

/** What the page's script is told. */
export interface GraphiqlPageConfig {
  readonly tabs: readonly GraphiqlTab[];
  readonly environment: HaloEnvironment;
}

/** Scripts and workers are files of this server, and it is the only server that they ask. The editor writes style elements. */
export const graphiqlPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "worker-src 'self'",
  "connect-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "font-src 'self'",
  "img-src 'self' data:",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** @param built `index.html` as it was built */
export function graphiqlPage(built: string, config: GraphiqlPageConfig): string {
  const json = JSON.stringify(config).replaceAll('<', '\\u003c');
  return built.replace(
    '<!--page-config-->',
    () => `<script type="application/json" id="page-config">${json}</script>`,
  );
}
