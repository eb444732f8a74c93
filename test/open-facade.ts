/** The whole facade in memory, queried through `fetch`. Its upstream calls are counted on the wire. */
import { type Dispatcher, Pool } from 'undici';
import { inject } from 'vitest';
import { defaultKey } from '../sandbox/server/start.ts';
import type { Authenticator } from '../src/auth/authenticator.ts';
import type { Caller } from '../src/auth/caller.ts';
import { readConfig } from '../src/config.ts';
import { createFacade } from '../src/create-facade.ts';
import type { SourcePreference } from '../src/datasources/domain/pms.ts';
import type { CostReport, Notice } from '../src/datasources/halo-cloud/halo-session.ts';
import type { UpstreamEvent } from '../src/datasources/halo-cloud/transport/upstream-event.ts';
import type { LiveBooksOptions } from '../src/live/live-books.ts';
import { createLog } from '../src/log.ts';
import type { RegisteredPractice } from '../src/practices-file.ts';
import { everyScope } from '../src/scopes.ts';
import type { GraphServer, ServerOptions } from '../src/server.ts';
import type { IdempotencyStore } from '../src/store/idempotency.ts';
import type { Metrics } from '../src/telemetry/metrics.ts';
import { fastPath } from './fast-path-taken.ts';
import { keepsTheKey } from './keeps-the-key.ts';
import { sandboxNow } from './sandbox-today.ts';

export interface FacadeOptions {
  /** @default the shared sandbox */
  readonly baseUrl?: string;
  readonly key?: string;
  /** The file of the subscription keys, instead of one key. */
  readonly keyFile?: string;
  readonly source?: SourcePreference;
  /** @default a caller with every scope */
  readonly caller?: Caller;
  /** The caller of a request. @default always `caller` */
  readonly authenticate?: Authenticator;
  /** @default true, as in the sandbox */
  readonly assumedWrites?: boolean;
  readonly failover?: 'replay' | 'surface';
  readonly practices?: readonly RegisteredPractice[];
  readonly deadlineMs?: number;
  /** How old reference data may be. @default0: it is always requested, so that calls can be counted */
  readonly referenceSeconds?: number;
  /** Milliseconds since 1970; a function if the time changes. */
  readonly now?: number | (() => number);
  /** Runs before a read is retried. @default nothing: no time passes */
  readonly wait?: (ms: number, signal: AbortSignal) => Promise<void>;
  /** @default one of its own */
  readonly idempotency?: IdempotencyStore;
  /** Called when undici gets a request, in the call stack of the code that sends it. */
  readonly dispatched?: (path: string) => void;
  /** Called for each call of Halo Cloud. */
  readonly observe?: (event: UpstreamEvent) => void;
  readonly metrics?: Metrics;
  /** How appointment books are watched. */
  readonly live?: Partial<LiveBooksOptions>;
  /** Further options of the server. */
  readonly server?: Partial<ServerOptions>;
}

// biome-ignore lint/suspicious/noExplicitAny: a response has the shape of its query
type Data = any;

export interface Answer {
  readonly status: number;
  readonly data: Data;
  readonly errors:
    | readonly { message: string; path?: (string | number)[]; extensions?: { code?: string } }[]
    | undefined;
  readonly cost: CostReport;
  readonly notices: readonly Notice[];
  /** The whole body of the response. */
  readonly text: string;
  /** Upstream calls that went out while it was answered: `POST /integrator/…`, GUIDs left out. */
  readonly calls: readonly string[];
}

export interface Facade {
  /** @param operationName which one, where the document has several */
  execute(
    query: string,
    variables?: object,
    headers?: Readonly<Record<string, string>>,
    operationName?: string,
  ): Promise<Answer>;
  /** With this fault of the sandbox. */
  executeWithFault(fault: string, query: string, variables?: object): Promise<Answer>;
  /** Everything that was logged, as the operator would read it. */
  readonly log: readonly string[];
  readonly yoga: GraphServer;
  close(): Promise<void>;
}

export function openFacade(options: FacadeOptions = {}): Facade {
  const baseUrl = options.baseUrl ?? inject('sandboxUrl');
  const { now = sandboxNow } = options;
  const clock = typeof now === 'function' ? now : () => now;
  const lines: string[] = [];
  const calls: string[] = [];
  const log = createLog('debug', { write: (line) => lines.push(keepsTheKey(line)) });
  const pool = new Pool(new URL(baseUrl).origin, { connections: 64 });
  const counted = pool.compose((dispatch) => (call, handler) => {
    calls.push(routeOf(call));
    options.dispatched?.(call.path);
    return dispatch(call, handler);
  });
  const caller = options.caller ?? { name: 'test', scopes: everyScope, practices: 'all' };
  const facade = createFacade(
    {
      ...readConfig({}),
      baseUrl,
      subscriptionKey: options.key ?? defaultKey,
      subscriptionKeyFile: options.keyFile,
      source: options.source ?? 'auto',
      failover: options.failover ?? 'replay',
      assumedWrites: options.assumedWrites ?? true,
      practices: options.practices ?? [],
      deadlineMs: options.deadlineMs ?? 15_000,
      referenceSeconds: options.referenceSeconds ?? 0,
    },
    {
      dispatcher: counted,
      ...(options.observe && { observe: options.observe }),
      ...(options.metrics && { metrics: options.metrics }),
      log,
      clock,
      wait: options.wait ?? (async () => {}),
      live: options.live,
      server: {
        authenticate: options.authenticate ?? (async () => caller),
        callerLimits: undefined,
        priceLimit: undefined,
        ...(options.idempotency && { idempotency: options.idempotency }),
        fastPath,
        ...options.server,
      },
    },
  );
  const yoga = facade.openServer();
  const execute: Facade['execute'] = async (query, variables = {}, headers = {}, operationName) => {
    const before = calls.length;
    const response = await yoga.fetch('http://facade.test/graphql', {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify({ query, variables, operationName }),
    });
    const text = keepsTheKey(await response.text());
    const body = JSON.parse(text);
    if (body.data === undefined) throw new Error(`The query itself is wrong: ${text}`);
    return {
      status: response.status,
      data: body.data,
      errors: body.errors,
      cost: body.extensions.halo.cost,
      notices: body.extensions.halo.notices,
      text,
      calls: calls.slice(before),
    };
  };
  return {
    execute,
    executeWithFault: (fault, query, variables) => execute(query, variables, { 'x-sandbox-fault': fault }),
    log: lines,
    yoga,
    async close() {
      await facade.close();
      await pool.close();
    },
  };
}

function routeOf({ method, path }: Dispatcher.DispatchOptions): string {
  const route = path.split('?')[0]?.replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/gi, '{siteId}');
  return `${method} ${route}`;
}
