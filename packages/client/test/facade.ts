/** The facade in memory, as a `fetch` for clients. */
import { openFacade } from '../../../test/open-facade.ts';

export const date = '2026-11-24';

export interface TestServer {
  readonly url: string;
  readonly fetch: typeof fetch;
  /** Documents that arrived, in order. */
  readonly sent: string[];
  /** The sandbox's fault for what is sent from now on; undefined: none. */
  fault: string | undefined;
  close(): Promise<void>;
}

export function openTestServer(): TestServer {
  const facade = openFacade();
  const server: TestServer = {
    url: 'http://facade.test/graphql',
    sent: [],
    fault: undefined,
    async fetch(input, init) {
      const request = new Request(input, init);
      server.sent.push(request.method);
      const headers = new Headers(request.headers);
      if (server.fault) headers.set('x-sandbox-fault', server.fault);
      return facade.yoga.fetch(request.url, {
        method: request.method,
        headers: Object.fromEntries(headers),
        ...(request.method === 'POST' && { body: await request.text() }),
      });
    },
    close: () => facade.close(),
  };
  return server;
}
