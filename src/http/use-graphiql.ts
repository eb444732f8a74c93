import type { Plugin } from 'graphql-yoga';
import type { HaloEnvironment } from '../config.ts';
import { openGraphiqlFiles } from './graphiql-files.ts';
import { graphiqlPage, graphiqlPolicy } from './graphiql-page.ts';
import { graphiqlTabs } from './graphiql-tabs.ts';

const endpoint = '/graphql';
const assetsPath = `${endpoint}/assets/`;
/** The files can be cached forever, because their names change with their content. */
const forEver = 'public, max-age=31536000, immutable';
const notBuilt =
  '<!doctype html><title>halo-graph</title><p>GraphiQL is not built. Run <code>npm run build</code>.';

/**
 * Serves GraphiQL to a browser that opens the endpoint, and the files of its page. Nothing is loaded from another server.
 * The page holds no data, so it needs no credential.
 * @param clock milliseconds since 1970, for the dates of the example tabs
 */
export function useGraphiql(environment: HaloEnvironment, clock: () => number): Plugin {
  // Most processes never send the page.
  let opened: ReturnType<typeof openGraphiqlFiles> | undefined;
  const files = () => (opened ??= openGraphiqlFiles());
  return {
    async onRequest({ request, url, fetchAPI, endResponse }) {
      if (request.method !== 'GET' && request.method !== 'HEAD') return;
      const body = <T>(content: T) => (request.method === 'HEAD' ? null : content);
      if (url.pathname.startsWith(assetsPath)) {
        const acceptEncoding = request.headers.get('accept-encoding') ?? '';
        const file = await files().asset(url.pathname.slice(assetsPath.length), acceptEncoding);
        if (!file) return;
        const { content, mediaType, encoding } = file;
        const headers = {
          'content-type': mediaType,
          'content-length': String(content.byteLength),
          ...(encoding && { 'content-encoding': encoding }),
          vary: 'accept-encoding',
          'cache-control': forEver,
        };
        endResponse(new fetchAPI.Response(body(new Uint8Array(content)), { headers }));
      } else if (url.pathname === endpoint && request.headers.get('accept')?.includes('text/html')) {
        const built = await files().page();
        const page = built && graphiqlPage(built, { tabs: graphiqlTabs(clock()), environment });
        const headers = {
          'content-type': 'text/html; charset=utf-8',
          'content-security-policy': graphiqlPolicy,
        };
        endResponse(new fetchAPI.Response(body(page ?? notBuilt), { status: page ? 200 : 503, headers }));
      }
    },
  };
}
