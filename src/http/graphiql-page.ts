import type { HaloEnvironment } from '../config.ts';
import type { GraphiqlTab } from './graphiql-tabs.ts';

/** Settings for the page's script. */
export interface GraphiqlPageConfig {
  readonly tabs: readonly GraphiqlTab[];
  readonly environment: HaloEnvironment;
}

/** Scripts and workers come from this server and send requests only to it. The editor creates style elements. */
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

/** @param built the content of the built `index.html` */
export function graphiqlPage(built: string, config: GraphiqlPageConfig): string {
  const json = JSON.stringify(config).replaceAll('<', '\\u003c');
  return built.replace(
    '<!--page-config-->',
    () => `<script type="application/json" id="page-config">${json}</script>`,
  );
}
