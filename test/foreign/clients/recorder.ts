/** A small GraphQL server that keeps what clients send, byte for byte. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { SentRequest } from '../../recorded-clients/recordings.ts';

/** Set by Node's fetch, whatever client calls it. */
const ofTheTransport = new Set([
  ...['host', 'connection', 'content-length', 'accept-encoding', 'accept-language', 'user-agent'],
  'sec-fetch-mode',
]);

export interface Recorder {
  readonly url: string;
  /** The requests since the last call. */
  taken(): SentRequest[];
  close(): Promise<void>;
}

export async function openRecorder(): Promise<Recorder> {
  const requests: SentRequest[] = [];
  const server = createServer(async (request, response) => {
    const pieces: Buffer[] = [];
    for await (const piece of request) pieces.push(piece as Buffer);
    const body = Buffer.concat(pieces).toString('utf8');
    const target = request.url ?? '';
    const headers = Object.entries(request.headers).filter(([name]) => !ofTheTransport.has(name));
    requests.push({
      method: request.method ?? '',
      target,
      headers: Object.fromEntries(headers.sort()) as Record<string, string>,
      body,
    });
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify(answerTo(body || decodeURIComponent(target))));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`,
    taken: () => requests.splice(0),
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** A hash without its document is not known, so that the client sends the document. */
function answerTo(sent: string): object {
  if (sent.includes('persistedQuery') && !/query[=":]+\W*(query|mutation)/.test(sent)) {
    const extensions = { code: 'PERSISTED_QUERY_NOT_FOUND' };
    return { errors: [{ message: 'PersistedQueryNotFound', extensions }] };
  }
  return {
    data: {
      viewer: { __typename: 'Viewer', name: 'recorder' },
      practice: { __typename: 'Practice', name: 'Recorder' },
      cancelAppointment: { __typename: 'NotFound' },
    },
  };
}
