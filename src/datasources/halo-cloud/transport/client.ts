import type { IncomingHttpHeaders } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import type { Dispatcher } from 'undici';
import { HaloError, SiteUnavailable, UpstreamFailed } from '../../../errors.ts';
import { asAbortSignal, type StopSignal } from '../../../lib/stop.ts';
import type { Log } from '../../../log.ts';
import { writeCertainty } from '../../domain/write-certainty.ts';
import { NoAnswer } from '../../practice/write-port.ts';
import { type AdmissionState, createAdmissionControl } from './admission-control.ts';
import { answerError } from './answer-error.ts';
import { callHeaders } from './call-headers.ts';
import { type CallOutcome, isCharged, mayHaveReachedPractice, noOutcome } from './charged-call.ts';
import { type Exchange, exchange } from './exchange.ts';
import { abortedAs, cutAs, failureCode } from './failure.ts';
import { createCoalescer } from './in-flight.ts';
import { MalformedResponse } from './malformed-response.ts';
import { openPool } from './open-pool.ts';
import { asText, readBody } from './read-body.ts';
import { msUntilNext } from './retries.ts';
import {
  type CallContext,
  headersKey,
  isLookUp,
  type UpstreamRead,
  type UpstreamWrite,
} from './upstream-call.ts';
import type { UpstreamEvent } from './upstream-event.ts';
import { responseOf } from './write-response.ts';

type Parse = NonNullable<UpstreamRead<unknown>['parse']>;

const megabyte = 1024 * 1024;
/** Of which one practice takes 16 at most, fewer when many are taken: see `site-lanes.ts`. Opened as they are needed. */
const maxConnections = 1_024;

export interface HaloCloudOptions {
  /** `https://api.haloconnect.io`; a path in it is kept as a prefix. */
  readonly baseUrl: string;
  readonly subscriptionKey: string;
  /** @default a keep-alive Pool of 1,024 connections to the base URL, closed by `close()` */
  readonly dispatcher?: Dispatcher;
  /** On the way to the base URL. Its URL may hold credentials. @default none */
  readonly proxy?: URL | null;
  /** For what belongs to no operation: a connection that could not be opened. */
  readonly log: Log;
  /** Milliseconds since 1970. @default Date.now */
  readonly clock?: () => number;
  /** For the user agent, `halo-graph/<version>`. */
  readonly version?: string;
  /** Waits before a read is asked again; rejects when the signal is aborted. @default a timer */
  readonly wait?: (ms: number, signal: AbortSignal) => Promise<void>;
  /** From 0 to below 1: for what is left to chance in pauses. @default Math.random */
  readonly random?: () => number;
  /** Told of each call when it is over. */
  readonly observe?: (event: UpstreamEvent) => void;
}

export interface HaloCloud {
  /**
   * Asks Halo Cloud something that changes nothing. Identical reads in flight are one call, also between operations.
   * Throws HaloErrors, and `Forbidden` for a 403 of a site-addressed call.
   */
  read<T>(call: UpstreamRead<T>, context: CallContext): Promise<T>;
  /**
   * Has something changed: sent once, by itself, whatever comes of it. What it certainly did not do, it throws as `read`
   * does; where it may have been done, it throws NoAnswer, with what `read` would have thrown as its cause.
   */
  write<T>(call: UpstreamWrite<T>, context: CallContext): Promise<T>;
  /** Whom it leaves alone at this moment, and what waits. */
  state(): AdmissionState;
  close(): Promise<void>;
}

export function createHaloCloud(options: HaloCloudOptions): HaloCloud {
  const { origin, pathname } = new URL(options.baseUrl);
  const prefix = pathname.replace(/\/+$/, '');
  const dispatcher =
    options.dispatcher ??
    openPool(origin, { connections: maxConnections, proxy: options.proxy ?? null, log: options.log });
  const clock = options.clock ?? Date.now;
  // What is read after a write must not come from a read that set out before it.
  const changes = new Map<string | null, number>();
  const reads = createCoalescer();
  const { random, wait = (ms, signal) => pause(ms, undefined, { signal }) } = options;
  const gate = createAdmissionControl({ log: options.log, clock, random, connections: maxConnections });
  const headersFor = callHeaders(options);

  /** The one place that every call to Halo Cloud passes: counted, limited, checked, logged. */
  async function send<T>(
    call: UpstreamRead<T> | UpstreamWrite<T>,
    context: CallContext,
    signal: StopSignal,
    outcome: CallOutcome,
    again = false,
  ): Promise<T> {
    const { cost, log, requestId } = context;
    const { kind, method, route, haloGuid } = call;
    const charged = isCharged(kind);
    const started = performance.now();
    const answer: { status: number; headers: IncomingHttpHeaders; body: unknown } = {
      status: 0,
      headers: {},
      body: undefined,
    };
    let text = noText;
    const garbage = (what: string) => {
      const { status } = outcome;
      const contentType = String(answer.headers['content-type'] ?? '');
      const { length } = asText(text);
      log.warn({ requestId, method, route, haloGuid, status, contentType, length, what }, 'unusable answer');
    };
    let answered: Error | undefined;
    cost.sent(haloGuid, charged, again);
    try {
      const sending: Exchange = {
        dispatcher,
        request: {
          origin,
          path: prefix + call.path,
          method,
          headers: headersFor(call, context),
          body: call.body?.bytes ?? call.body?.text ?? null,
        },
        signal,
        limitBytes: isLookUp(kind) ? megabyte : 16 * megabyte,
        connected() {
          outcome.connected = true;
        },
        begun(status, headers) {
          outcome.status = status;
          answer.status = status;
          answer.headers = headers;
        },
      };
      const body = call.parse
        ? await taken(call.parse, sending)
        : parsed(await exchange(sending), answer.status, call.decode);
      text = body.text;
      answer.body = body.json;
      answered = answerError(call, answer, clock());
      if (answered) {
        outcome.siteAway = answered instanceof SiteUnavailable;
        outcome.errorAnswer = answer;
        if (body.fault && body.fault !== 'empty') garbage(body.fault);
        throw answered;
      }
      if (body.fault) throw new MalformedResponse(body.fault);
      return call.read(body.json, answer.headers);
    } catch (error) {
      if (error === answered || error instanceof HaloError) throw error;
      if (error instanceof MalformedResponse) {
        garbage(error.message);
        throw new UpstreamFailed(outcome.status, { detail: error.message });
      }
      if (signal.aborted) {
        outcome.failure = outcome.connected ? cutAs(signal.reason, performance.now() - started) : 'aborted';
        throw abortedAs(kind, signal.reason);
      }
      outcome.failure = failureCode(error);
      throw new UpstreamFailed(null, { detail: `connection failed: ${outcome.failure}` });
    } finally {
      const reached = mayHaveReachedPractice(outcome);
      if (charged && !reached) cost.refund(haloGuid);
      const ms = Math.round(performance.now() - started);
      const { status, failure } = outcome;
      options.observe?.({
        kind,
        method,
        route,
        haloGuid,
        ms,
        charged: charged && reached,
        retried: again,
        status,
        failure,
      });
      log.debug(
        { requestId, method, route, haloGuid, status, failure: failure ?? undefined, ms },
        'Halo Cloud',
      );
    }
  }

  async function letIn<T>(
    call: UpstreamRead<T>,
    context: CallContext,
    signal: StopSignal,
    outcome: CallOutcome,
    again: boolean,
  ): Promise<T> {
    const entered = gate.enter(call, context, signal);
    const leave = entered instanceof Promise ? await entered : entered;
    try {
      return await send(call, context, signal, outcome, again);
    } finally {
      leave(outcome);
    }
  }

  /** A read, asked again where that may help. */
  async function ask<T>(call: UpstreamRead<T>, context: CallContext, signal: StopSignal): Promise<T> {
    for (let asked = 0; ; asked += 1) {
      const outcome = noOutcome();
      try {
        return await letIn(call, context, signal, outcome, asked > 0);
      } catch (error) {
        const mayAsk = () => gate.refusal(call, context) === undefined;
        const waitMs = msUntilNext(error, { outcome, asked, budget: context.retries, mayAsk, random });
        if (waitMs === undefined) throw error;
        await wait(waitMs, asAbortSignal(signal)).catch(() => {
          throw abortedAs(call.kind, signal.reason);
        });
      }
    }
  }

  return {
    read: (call, context) => {
      if (call.unshared) return ask(call, context, context.signal);
      return reads.share(asking(call, context, changes.get(call.haloGuid) ?? 0), {
        signal: context.signal,
        start: (signal) => ask(call, context, signal),
        joined: () => context.cost.saved('coalesced', 1),
        abortedAs: (reason) => abortedAs(call.kind, reason),
      });
    },
    async write(call, context) {
      const signal = context.writeSignal?.() ?? context.signal;
      if (signal.aborted) throw abortedAs(call.kind, signal.reason);
      const leave = await gate.enter(call, context, signal);
      const sentAt = clock();
      const outcome = noOutcome();
      try {
        return await send(call, context, signal, outcome);
      } catch (error) {
        const certainty = writeCertainty(responseOf(outcome, call.procedure));
        throw certainty === 'NOT_WRITTEN' ? error : new NoAnswer(sentAt, error, certainty === 'LOOK');
      } finally {
        leave(outcome);
        changes.set(call.haloGuid, (changes.get(call.haloGuid) ?? 0) + 1);
      }
    },
    state: gate.state,
    async close() {
      if (!options.dispatcher) await dispatcher.close();
    },
  };
}

function asking(
  { method, path, body, form = '' }: UpstreamRead<unknown>,
  { passHeaders }: CallContext,
  changes: number,
) {
  return { place: `${changes} ${method} ${path} ${form} ${headersKey(passHeaders)}`, text: body?.text ?? '' };
}

interface Received {
  readonly json: unknown;
  /** Nothing of a body that the call takes as it arrives. */
  readonly text: Buffer;
  readonly fault?: string;
}

const noText: Buffer = Buffer.alloc(0);

async function taken(parse: Parse, sending: Exchange): Promise<Received> {
  const { dispatcher, request, signal, limitBytes, connected, begun } = sending;
  connected();
  const { statusCode, headers, body } = await dispatcher.request({
    ...request,
    signal: asAbortSignal(signal),
  });
  begun(statusCode, headers);
  if (statusCode === 200) return { json: await parse(body), text: noText };
  return parsed(await readBody(body, limitBytes), statusCode);
}

/** JSON.parse's own message quotes the text, and must not be seen. */
function parsed(body: Buffer, status: number, decode = parseText): Received {
  try {
    return { json: decode(body), text: body };
  } catch {
    if (asText(body) !== '') return { json: undefined, text: body, fault: 'not JSON' };
    return status === 204 ? { json: undefined, text: body } : { json: undefined, text: body, fault: 'empty' };
  }
}

const parseText = (body: Buffer): unknown => JSON.parse(asText(body));
