import type { GraphServer } from '../../src/server.ts';

// biome-ignore lint/suspicious/noExplicitAny: an event has the shape of its subscription
type Payload = any;

export interface OpenStream {
  /** The next result; undefined at the end. */
  next(): Promise<Payload>;
  /** As a client that goes away. */
  close(): Promise<void>;
}

/** Subscribes as a browser does, by an event stream. */
export async function subscribe(
  server: Pick<GraphServer, 'fetch'>,
  query: string,
  variables: object = {},
  headers: Readonly<Record<string, string>> = {},
): Promise<OpenStream> {
  const controller = new AbortController();
  const response = await server.fetch('http://facade.test/graphql', {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'text/event-stream', ...headers },
    body: JSON.stringify({ query, variables }),
    signal: controller.signal,
  });
  if (!response.body) throw new Error(`No stream: ${response.status}`);
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  return {
    async next() {
      for (;;) {
        const end = text.indexOf('\n\n');
        if (end === -1) {
          const { done, value } = await reader.read();
          if (done) return undefined;
          text += value;
          continue;
        }
        const event = text.slice(0, end);
        text = text.slice(end + 2);
        const lines = event.split('\n');
        if (lines.includes('event: complete')) return undefined;
        const data = lines.filter((line) => line.startsWith('data:')).map((line) => line.slice(5).trim());
        if (lines.includes('event: next')) return JSON.parse(data.join('\n'));
      }
    },
    async close() {
      controller.abort();
      await reader.cancel().catch(() => {});
    },
  };
}
