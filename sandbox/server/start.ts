import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import type { PracticeDatabase } from '../database/practice-database.ts';
import { practices } from '../practices.ts';
import { defaultPace, type Pace } from './async/life-cycle.ts';
import { cloudClock } from './cloud-clock.ts';
import { FaultStore } from './faults.ts';
import { atDesk, type DeskChange, type DeskTime, FrontDesk } from './front-desk.ts';
import { practiceServers } from './practice-servers.ts';
import type { Sandbox } from './routes.ts';
import { route } from './routes.ts';
import { headersOf, send } from './send.ts';
import { QueryStore } from './site-queries.ts';
import { spoil } from './spoiled.ts';
import { type Attempt, Webhooks } from './webhooks/webhooks.ts';

/** One request and its response, for contract tests, without the subscription key. */
export interface Exchange {
  readonly method: string;
  /** With the query string. */
  readonly path: string;
  readonly requestHeaders: Readonly<Record<string, string>>;
  readonly requestBody: string;
  readonly status: number;
  readonly responseHeaders: Readonly<Record<string, string>>;
  readonly responseBody: string;
}

/** A call that the sandbox received, in the order of arrival. */
export interface SandboxCall {
  readonly method: string;
  /** Without the query string. */
  readonly path: string;
  /** The GUID addressed; null for look-ups. */
  readonly siteId: string | null;
  /** An SQL query or a FHIR request that reached a practice, except `metadata`. */
  readonly charged: boolean;
}

export interface SandboxOptions {
  readonly host?: string;
  /** 0 or absent: a free one. */
  readonly port?: number;
  readonly key?: string;
  /** `YYYY-MM-DD`: the date that all data is drawn around; absent: the real one. */
  readonly today?: string;
  /** Milliseconds since 1970, read for each request. Absent: the real time of day, on `today`. */
  readonly now?: () => number;
  /** How long async queries take. @default some tens of milliseconds */
  readonly pace?: Partial<Pace>;
  /** Minimum seconds between two runs of a registered query. @default 60, as in Halo Cloud */
  readonly minFrequencySeconds?: number;
  /** The first pause between two attempts of a webhook, in ms. @default 5_000 */
  readonly webhookRetryMs?: number;
  /** Added to every response. */
  readonly latencyMs?: number;
  readonly onExchange?: (exchange: Exchange) => void;
}

export interface RunningSandbox {
  readonly url: string;
  readonly port: number;
  readonly calls: readonly SandboxCall[];
  resetCalls(): void;
  /** Comma-separated faults, active until changed. Null: none. */
  setFault(bpSiteId: string, fault: string | null): void;
  /** Replaces the valid subscription keys, as a rotation does. */
  setKeys(...keys: readonly string[]): void;
  /**
   * Advances Halo Cloud's clock: async and registered queries progress, results expire. The practices' clocks stay.
   * `POST /sandbox/clock { "advanceMs": 60000 }` does the same from outside.
   */
  advance(ms: number): void;
  /** A practice's database, in SQLite's dialect, for tests in this process. Tests may also change it. Throws for a practice that does not exist. */
  database(bpSiteId: string): Pick<PracticeDatabase, 'all' | 'run'>;
  /**
   * A change that the front desk makes, now or with the next write that goes through Halo Cloud. The id of the
   * appointment; 0 for later. `POST /sandbox/desk` does the same from outside.
   */
  atDesk(bpSiteId: string, change: DeskChange, when?: DeskTime): number;
  /** Attempts of webhooks that came to an end, in order. */
  readonly webhookAttempts: readonly Attempt[];
  /** Drops front-desk changes that wait for the next write. Returns whether there were any. */
  forgetDesk(bpSiteId: string): boolean;
  /** Application locks that texts have taken and not released. */
  locksLeft(bpSiteId: string): readonly string[];
  close(): Promise<void>;
}

/** How often queries that are due run while webhooks are sent. */
const dueMs = 250;

export const defaultKey = 'sandbox-key-not-secret';

function one(header: string | string[] | undefined): string | undefined {
  return Array.isArray(header) ? header.join(',') : header;
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}

/** Starts the sandbox Halo Cloud in this process. Rejects when the port is taken. */
export async function startSandbox(options: SandboxOptions = {}): Promise<RunningSandbox> {
  const { host = '127.0.0.1', port = 0, key = defaultKey, latencyMs = 0, onExchange } = options;
  const faults = new FaultStore();
  const clock = cloudClock();
  const webhooks = new Webhooks(options.webhookRetryMs);
  const queries = new QueryStore((completed) => webhooks.completed(completed));
  const pace = { ...defaultPace, ...options.pace };
  const frontDesk = new FrontDesk();
  const registered = { minFrequency: options.minFrequencySeconds ?? 60 };
  const server = practiceServers(options);
  const sandbox: Sandbox = {
    practices,
    keys: [key],
    faults,
    server,
    queries,
    clock,
    pace,
    frontDesk,
    webhooks,
    registered,
  };
  const practiceNamed = (bpSiteId: string) => {
    const practice = practices.find((each) => each.bpSiteId === bpSiteId);
    if (!practice) throw new Error(`No practice ${bpSiteId}`);
    queries.settle(clock.now());
    return server(practice);
  };
  // Without webhooks, the moment a query runs is not visible: it runs before the next response.
  const due = setInterval(() => {
    if (webhooks.isOn) queries.settle(clock.now());
  }, dueMs);
  due.unref();
  const calls: SandboxCall[] = [];
  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { method = 'GET', headers } = request;
    const url = new URL(request.url ?? '/', 'http://sandbox');
    const body = await readBody(request);
    const place = calls.length;
    const call = { method, path: url.pathname, siteId: null, charged: false };
    if (url.pathname.startsWith('/integrator/')) calls.push(call);
    if (latencyMs > 0) await pause(latencyMs);
    const routed = await route(sandbox, {
      method,
      url,
      key: one(headers['ocp-apim-subscription-key']),
      fault: one(headers['x-sandbox-fault']),
      body,
    });
    const { siteId, reached } = routed;
    if (calls[place] === call) calls[place] = { ...call, siteId, charged: reached };
    const { answer } = routed;
    if (!answer) return void response.socket?.destroy();
    if (spoil(response, routed.faults, routed.fhir)) return;
    const sent: Uint8Array[] = [];
    await send(response, answer, routed.faults, (piece) => {
      if (onExchange) sent.push(Buffer.from(piece));
    });
    if (!onExchange) return;
    const { 'ocp-apim-subscription-key': _, ...shown } = headers;
    onExchange({
      method,
      path: url.pathname + url.search,
      requestHeaders: Object.fromEntries(
        Object.entries(shown).map(([name, value]) => [name, one(value) ?? '']),
      ),
      requestBody: body,
      status: answer.status,
      responseHeaders: headersOf(answer),
      responseBody: Buffer.concat(sent).toString('utf8'),
    });
  };
  const listener = createServer((request, response) => {
    serve(request, response).catch(() => response.destroy());
  });
  listener.keepAliveTimeout = 30_000;
  await new Promise<void>((resolve, reject) => {
    listener.once('error', reject);
    // With Node's own 511, a burst of connections waits a second for the second attempt of TCP.
    listener.listen({ port, host, backlog: 4_096 }, resolve);
  });
  const taken = (listener.address() as AddressInfo).port;
  return {
    url: `http://${host}:${taken}`,
    port: taken,
    calls,
    resetCalls() {
      calls.length = 0;
      faults.resetCounters();
    },
    advance: (ms) => clock.advance(ms),
    setFault: (bpSiteId, fault) => faults.set(bpSiteId, fault),
    setKeys: (...keys) => {
      sandbox.keys = keys;
    },
    database(bpSiteId) {
      return practiceNamed(bpSiteId).database;
    },
    atDesk(bpSiteId, change, when = 'now') {
      if (when !== 'now') {
        frontDesk.plan(bpSiteId, change, when);
        return 0;
      }
      const { database, now } = practiceNamed(bpSiteId);
      return atDesk(database, change, now());
    },
    webhookAttempts: webhooks.attempts,
    forgetDesk: (bpSiteId) => frontDesk.forget(bpSiteId),
    locksLeft: (bpSiteId) => practiceNamed(bpSiteId).engine('BPSPatients').locks.left,
    close: () =>
      new Promise((resolve) => {
        clearInterval(due);
        webhooks.close();
        listener.close(() => resolve());
        listener.closeAllConnections();
      }),
  };
}
