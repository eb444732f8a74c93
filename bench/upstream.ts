/**
 * The Halo Cloud of every server in the benchmark. It runs in its own process: the sandbox behind a response cache.
 * A repeated read gets the sandbox's earlier response, so that the benchmark does not measure the
 * sandbox's own SQL engine. A write is always executed, and drops the cached reads of its site.
 *
 * Controlled over IPC, see `UpstreamOrder`.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { startSandbox } from '../sandbox/server/start.ts';

/** Orders that the upstream accepts. It responds to each with `{ order, ... }`. */
export type UpstreamOrder =
  | { readonly order: 'latency'; readonly ms: number }
  /** Returns `{ calls, charged, bytes }` since the last such order. */
  | { readonly order: 'count' }
  /** Responds when no request has been pending for a moment, so that the next server does not inherit work. */
  | { readonly order: 'quiet' }
  /** Returns `{ exchanges }` since the last such order, without response bodies. */
  | { readonly order: 'exchanges' }
  /** Never respond for this site, until the next order with `null`. */
  | { readonly order: 'hang'; readonly bpSiteId: string | null };

export interface UpstreamExchange {
  readonly method: string;
  readonly path: string;
  readonly contentType: string;
  readonly body: string;
}

interface Remembered {
  readonly status: number;
  readonly headers: Record<string, string>;
  readonly body: Buffer;
}

const sandbox = await startSandbox();
const memory = new Map<string, Map<string, Remembered>>();
let latencyMs = 0;
let inFlight = 0;
let hanging: string | null = null;
let counted = { calls: 0, charged: 0, bytes: 0 };
let exchanges: UpstreamExchange[] = [];

const server = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => serve(request, Buffer.concat(chunks).toString('utf8'), response));
});
server.keepAliveTimeout = 60_000;
server.listen(0, '127.0.0.1', () => {
  process.send?.({ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` });
});
process.on('message', async (order: UpstreamOrder) => {
  if (order.order === 'quiet') await quiet();
  process.send?.({ order: order.order, ...obey(order) });
});
process.once('disconnect', () => process.exit());

function obey(order: UpstreamOrder): object {
  if (order.order === 'latency') latencyMs = order.ms;
  if (order.order === 'hang') hanging = order.bpSiteId;
  if (order.order === 'count') {
    const count = counted;
    counted = { calls: 0, charged: 0, bytes: 0 };
    return count;
  }
  if (order.order === 'exchanges') {
    const seen = exchanges;
    exchanges = [];
    return { exchanges: seen };
  }
  return {};
}

async function quiet(): Promise<void> {
  for (let seen = -1; inFlight > 0 || seen !== counted.calls; ) {
    seen = counted.calls;
    await pause(150);
  }
}

/** Cached responses are sent at once, so that the upstream is not the bottleneck. */
function serve(request: IncomingMessage, body: string, response: ServerResponse): void {
  const { method = 'GET', url = '/', headers } = request;
  const path = withListedIds(url);
  const [, site = ''] = /^\/integrator\/sites\/([0-9a-f-]{36})/.exec(path) ?? [];
  if (hanging !== null && site.endsWith(hanging.padStart(12, '0'))) return;
  // Counted like the sandbox: every call that reaches a practice, except CapabilityStatements.
  const charged = /\/(queries\/immediate|queries\/async|fhir\/R4\/(?!metadata))/.test(path);
  if (exchanges.length < 1_000) {
    exchanges.push({ method, path, contentType: headers['content-type'] ?? '', body });
  }
  const began = performance.now();
  inFlight += 1;
  const give = (answer: Remembered) => {
    inFlight -= 1;
    counted.calls += 1;
    if (charged) counted.charged += 1;
    counted.bytes += answer.body.length;
    response.writeHead(answer.status, answer.headers);
    response.end(answer.body);
  };
  const giveInTime = (answer: Remembered) => {
    const left = latencyMs - (performance.now() - began);
    if (latencyMs > 0 && left > 0) setTimeout(give, left, answer);
    else give(answer);
  };
  const remembered = memory.get(site)?.get(keyOf(method, path, body));
  if (remembered) giveInTime(remembered);
  else {
    answerOf(method, path, site, body, headers['content-type']).then(giveInTime, () => {
      inFlight -= 1;
      response.destroy();
    });
  }
}

/**
 * `_id=1&_id=2` as `_id=1,2`. Tailcall repeats the parameter of a batch. In FHIR that means both at once and finds nothing, so that
 * Tailcall could not batch here without this favour.
 */
function withListedIds(url: string): string {
  const first = url.indexOf('_id=');
  if (first < 0 || !url.includes('&_id=', first)) return url;
  const [path = '', query = ''] = url.split('?');
  const parts = query.split('&');
  const ids = parts.filter((part) => part.startsWith('_id=')).map((part) => part.slice(4));
  const others = parts.filter((part) => !part.startsWith('_id='));
  return `${path}?_id=${ids.join(',')}&${others.join('&')}`;
}

const keyOf = (method: string, path: string, body: string): string => `${method} ${path}\n${body}`;

async function answerOf(
  method: string,
  path: string,
  site: string,
  body: string,
  contentType: string | undefined,
): Promise<Remembered> {
  if (!reads(method, path, body)) {
    memory.delete(site);
    return fromSandbox(method, path, body, contentType).finally(() => memory.delete(site));
  }
  const known = memory.get(site) ?? new Map<string, Remembered>();
  memory.set(site, known);
  const answer = await fromSandbox(method, path, body, contentType);
  if (answer.status === 200) known.set(keyOf(method, path, body), answer);
  return answer;
}

/** Whether the same request may get the cached response. */
function reads(method: string, path: string, body: string): boolean {
  if (method === 'GET') return true;
  if (path.endsWith('/_search')) return true;
  if (!path.endsWith('/queries/immediate')) return false;
  // A search counts into variables before it selects. A text that writes calls a procedure.
  return /"text":\s*"\s*(SELECT|DECLARE)\b/i.test(body) && !/\b(EXEC|INSERT|UPDATE)\b/.test(body);
}

async function fromSandbox(
  method: string,
  path: string,
  body: string,
  contentType: string | undefined,
): Promise<Remembered> {
  const reply = await fetch(sandbox.url + path, {
    method,
    headers: {
      'ocp-apim-subscription-key': 'sandbox-key-not-secret',
      ...(contentType !== undefined && { 'content-type': contentType }),
    },
    ...(body !== '' && { body }),
  });
  const answered = Buffer.from(await reply.arrayBuffer());
  const headers: Record<string, string> = { 'content-length': String(answered.length) };
  for (const name of ['content-type', 'location', 'retry-after']) {
    const value = reply.headers.get(name);
    if (value !== null) headers[name] = value;
  }
  return { status: reply.status, headers, body: answered };
}
