/** A server in front of a sandbox that changes its answers. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

// biome-ignore lint/suspicious/noExplicitAny: any JSON
export type Json = any;

/** Returns the changed body, or a status to answer instead. */
export type Change = (call: { method: string; path: string }, body: Json) => Json | number;

export async function openChangedSandbox(sandboxUrl: string) {
  let change: Change = (_, body) => body;
  const texts: string[] = [];
  const server = createServer(async (request, response) => {
    const pieces: Buffer[] = [];
    for await (const piece of request) pieces.push(piece as Buffer);
    const { method = 'GET', url: path = '/' } = request;
    const sent = pieces.length === 0 ? null : Buffer.concat(pieces).toString('utf8');
    if (sent !== null && path.includes('/queries/')) texts.push(JSON.parse(sent).command?.text ?? '');
    const answer = await fetch(sandboxUrl + path, {
      method,
      headers: {
        'ocp-apim-subscription-key': String(request.headers['ocp-apim-subscription-key']),
        'content-type': String(request.headers['content-type'] ?? 'application/json'),
      },
      ...(sent !== null && { body: sent }),
    });
    const text = await answer.text();
    const changed = change({ method, path }, text === '' ? null : JSON.parse(text));
    const status = typeof changed === 'number' ? changed : answer.status;
    const body = typeof changed === 'number' ? { statusCode: changed } : changed;
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(status === 204 ? undefined : JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    /** The SQL texts that were sent. */
    texts,
    set(next: Change) {
      change = next;
    },
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
