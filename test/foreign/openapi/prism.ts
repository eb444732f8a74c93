/** Prism as a proxy that holds each exchange against an OpenAPI document, and a recorder in front of it that keeps its findings. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { freePort } from '../../free-port.ts';

const program = fileURLToPath(new URL('../node_modules/@stoplight/prism-cli/dist/index.js', import.meta.url));

/** The violations that Prism finds in an exchange. */
export interface Violation {
  readonly method: string;
  /** Without the query string. */
  readonly path: string;
  readonly status: number;
  /** `request.body.command: must be object`. */
  readonly problem: string;
}

export interface Prism {
  readonly url: string;
  /** Method and path of all exchanges. */
  readonly exchanges: readonly string[];
  readonly violations: readonly Violation[];
  close(): Promise<void>;
}

interface Finding {
  readonly location?: readonly string[];
  readonly severity?: string;
  readonly message?: string;
}

/** @param document path of the OpenAPI document */
export async function startPrism(document: string, upstream: string): Promise<Prism> {
  const exchanges: string[] = [];
  const violations: Violation[] = [];
  const { child, url: prism } = await launch(document, upstream);
  const server = createServer(async (request, response) => {
    try {
      const { method = 'GET', url = '/', headers } = request;
      const pieces: Buffer[] = [];
      for await (const piece of request) pieces.push(piece as Buffer);
      const { host: _, connection: __, 'content-length': ___, ...passed } = headers;
      const answer = await fetch(prism + url, {
        method,
        headers: passed as Record<string, string>,
        ...(pieces.length > 0 && { body: Buffer.concat(pieces) }),
      });
      const path = url.split('?')[0] ?? url;
      exchanges.push(`${method} ${path}`);
      const findings = JSON.parse(answer.headers.get('sl-violations') ?? '[]') as Finding[];
      for (const { location = [], severity, message } of findings) {
        if (severity !== 'Error') continue;
        violations.push({
          method,
          path,
          status: answer.status,
          problem: `${location.join('.')}: ${message}`,
        });
      }
      const passedOn = [
        'content-type',
        'retry-after',
        'size',
        'rows-count',
        'rows-range-start',
        'rows-range-end',
      ];
      response.writeHead(
        answer.status,
        Object.fromEntries([...answer.headers].filter(([name]) => passedOn.includes(name))),
      );
      response.end(Buffer.from(await answer.arrayBuffer()));
    } catch {
      response.destroy();
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    exchanges,
    violations,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      const ended = once(child, 'exit');
      child.kill();
      await ended;
    },
  };
}

async function launch(document: string, upstream: string): Promise<{ child: ChildProcess; url: string }> {
  const port = await freePort();
  const child = spawn(process.execPath, [program, 'proxy', document, upstream, '-p', String(port)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await new Promise<void>((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`Prism ended with ${code}.`)));
    child.stdout.on('data', (text: Buffer) => {
      if (text.includes('listening')) resolve();
    });
  });
  return { child, url: `http://127.0.0.1:${port}` };
}
