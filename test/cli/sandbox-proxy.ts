/** A server in front of the sandbox that answers some requests itself. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { inject } from 'vitest';

export interface ProxyAnswer {
  readonly status: number;
  readonly body: unknown;
}

/** @param own its own responses; undefined: the sandbox responds */
export async function openSandboxProxy(
  own: (request: { method: string; path: string; body: string }) => ProxyAnswer | undefined,
): Promise<{ readonly url: string; close(): Promise<void> }> {
  const server = createServer(async (request, response) => {
    const pieces: Buffer[] = [];
    for await (const piece of request) pieces.push(piece as Buffer);
    const { method = 'GET', url: path = '/' } = request;
    const body = Buffer.concat(pieces).toString('utf8');
    const answer = own({ method, path, body }) ?? (await fromSandbox(method, path, body, request.headers));
    response.writeHead(answer.status, { 'content-type': 'application/json' });
    response.end(typeof answer.body === 'string' ? answer.body : JSON.stringify(answer.body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function fromSandbox(
  method: string,
  path: string,
  body: string,
  headers: NodeJS.Dict<string | string[]>,
): Promise<ProxyAnswer> {
  const response = await fetch(inject('sandboxUrl') + path, {
    method,
    headers: {
      'ocp-apim-subscription-key': String(headers['ocp-apim-subscription-key']),
      'content-type': String(headers['content-type'] ?? 'application/json'),
    },
    ...(body !== '' && { body }),
  });
  return { status: response.status, body: await response.text() };
}

/** An immediate query's answer with these rows. */
export function rowsAnswer(rows: readonly object[]): ProxyAnswer {
  const data = Buffer.from(JSON.stringify(rows)).toString('base64');
  return {
    status: 200,
    body: { mode: 'immediate', status: 'successful', result: { rows: rows.length, size: data.length, data } },
  };
}

/** An immediate query that SQL Server refused. */
export function sqlServerError(errorCode: number): ProxyAnswer {
  const errorDetails = { errorType: 'mssql', errorCode, errorMessage: 'A synthetic message.' };
  return { status: 400, body: { mode: 'immediate', status: 'executionFailed', errorDetails } };
}
