import type { IncomingHttpHeaders } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import type { Dispatcher } from 'undici';
import { AccessDenied, HaloError, SiteUnavailable, UpstreamFailed } from '../../../errors.ts';
import { asText } from '../../../lib/as-text.ts';
import { asAbortSignal, type StopSignal } from '../../../lib/stop.ts';
import type { Log } from '../../../log.ts';
import { type SubscriptionKeys, subscriptionKeysOf } from '../../../subscription-keys.ts';
import { writeCertainty } from '../../domain/write-certainty.ts';
import { NoAnswer } from '../../practice/write-port.ts';
import { type AdmissionControl, type AdmissionState, createAdmissionControl } from './admission-control.ts';
import { callHeaders } from './call-headers.ts';
import { isCharged, isLookUp } from './call-kind.ts';
import { type CallOutcome, mayHaveReachedPractice, noOutcome } from './call-outcome.ts';
import { type Exchange, exchange } from './exchange.ts';
import { abortedAs, cutAs, failureCode } from './failure.ts';
import { createCoalescer } from './in-flight.ts';
import { MalformedResponse } from './malformed-response.ts';
import { openPool } from './open-pool.ts';
import { noText, parseBody, parseStream } from './parse-response.ts';
import { responseError } from './response-error.ts';
import { msUntilRetry } from './retries.ts';
import type { CallContext, UpstreamRead, UpstreamWrite } from './upstream-call.ts';
import type { UpstreamEvent } from './upstream-event.ts';
import { responseOf } from './write-response.ts';
import { admitInTime, limitQueue, mustHaveTime } from './write-time.ts';

const megabyte = 1024 * 1024;
/** Opened on demand. One practice uses at most 16, and fewer when few are free: see `site-concurrency.ts`. */
const maxConnections = 1_024;

export interface HaloCloudOptions {
  /** `https://api.haloconnect.io`. A path in it is kept as a prefix. */
  readonly baseUrl: string;
  /** The key, or keys that may change. */
  readonly subscriptionKey: string | SubscriptionKeys;
  /** @default a keep-alive Pool of 1,024 connections to the base URL, closed by `close()` */
  readonly dispatcher?: Dispatcher;
  /** The proxy to the base URL. Its URL may contain credentials. @default none */
  readonly proxy?: URL | null;
  /** For events outside of operations, such as a connection that could not be opened. */
  readonly log: Log;
  /** Milliseconds since 1970. @default Date.now */
  readonly clock?: () => number;
  /** For the user agent, `halo-graph/<version>`. */
  readonly version?: string;
  /** Waits before a retry. Rejects when the signal is aborted. @default a timer */
  readonly wait?: (ms: number, signal: AbortSignal) => Promise<void>;
  /** From 0 to below 1, for the random part of pauses. @default Math.random */
  readonly random?: () => number;
  /** Called once for each completed call. */
  readonly observe?: (event: UpstreamEvent) => void;
}

export interface HaloCloud {
  /**
   * Sends a call that changes nothing. Identical reads in flight share one call, also between operations. Throws
   * HaloErrors, and `Forbidden` for a 403 of a site-addressed call.
   */
  read<T>(call: UpstreamRead<T>, context: CallContext): Promise<T>;
  /**
   * Sends a call that changes something. It is never shared, and never retried unless Halo Cloud refused its key. Throws like `read` when the write
   * was certainly not executed. It is not sent when the operation has less time left than a write needs. Throws NoAnswer when it
   * may have been executed, with the error of the call as its cause.
   */
  write<T>(call: UpstreamWrite<T>, context: CallContext): Promise<T>;
  sitePauseMs: AdmissionControl['sitePauseMs'];
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
  // Counts the writes to each site, because a read after a write must not join a read that was sent before it.
  const writes = new Map<string | null, number>();
  const reads = createCoalescer();
  const { random, wait = (ms, signal) => pause(ms, undefined, { signal }) } = options;
  const admissionControl = createAdmissionControl({
    log: options.log,
    clock,
    random,
    connections: maxConnections,
  });
  const headersFor = callHeaders(options.version);
  const keys = subscriptionKeysOf(options.subscriptionKey);

  /** Every call to Halo Cloud passes here: it is counted, sent, checked and logged. */
  async function send<T>(
    call: UpstreamRead<T> | UpstreamWrite<T>,
    context: CallContext,
    signal: StopSignal,
    outcome: CallOutcome,
    key: string,
    isRetry: boolean,
  ): Promise<T> {
    const { cost, log, requestId } = context;
    const { kind, method, route, haloGuid } = call;
    const charged = isCharged(kind);
    const started = performance.now();
    const response: { status: number; headers: IncomingHttpHeaders; body: unknown } = {
      status: 0,
      headers: {},
      body: undefined,
    };
    let text = noText;
    const logMalformed = (what: string) => {
      const { status } = outcome;
      const contentType = String(response.headers['content-type'] ?? '');
      const { length } = asText(text);
      log.warn(
        { requestId, method, route, haloGuid, status, contentType, length, what },
        'malformed response',
      );
    };
    let errorOfResponse: Error | undefined;
    cost.sent(haloGuid, charged, isRetry);
    const explained = context.explain?.sent(call, charged, isRetry);
    try {
      const sending: Exchange = {
        dispatcher,
        request: {
          origin,
          path: prefix + call.path,
          method,
          headers: headersFor(call, key, context),
          body: call.body?.bytes ?? call.body?.text ?? null,
        },
        signal,
        maxBytes: isLookUp(kind) ? megabyte : 16 * megabyte,
        connected() {
          outcome.connected = true;
        },
        begun(status, headers) {
          outcome.status = status;
          response.status = status;
          response.headers = headers;
        },
      };
      const body = call.parse
        ? await parseStream(call.parse, sending)
        : parseBody(await exchange(sending), response.status, call.decode);
      text = body.text;
      response.body = body.json;
      errorOfResponse = responseError(call, response, clock());
      if (errorOfResponse) {
        outcome.siteAway = errorOfResponse instanceof SiteUnavailable;
        outcome.errorResponse = response;
        if (body.fault && body.fault !== 'empty') logMalformed(body.fault);
        throw errorOfResponse;
      }
      if (body.fault) throw new MalformedResponse(body.fault);
      const result = call.read(body.json, response.headers);
      keys.accepted(key);
      return result;
    } catch (error) {
      if (error === errorOfResponse || error instanceof HaloError) throw error;
      if (error instanceof MalformedResponse) {
        logMalformed(error.message);
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
      explained?.({ charged: charged && reached, status, failure });
      options.observe?.({
        kind,
        method,
        route,
        haloGuid,
        ms,
        charged: charged && reached,
        retried: isRetry,
        status,
        failure,
      });
      log.debug(
        { requestId, method, route, haloGuid, status, failure: failure ?? undefined, ms },
        'Halo Cloud',
      );
    }
  }

  /** The key for the next attempt of a call, after Halo Cloud refused this one. Throws the refusal if no key is left. */
  async function otherKey(refusal: unknown, key: string, refusedKeys: string[]): Promise<string> {
    refusedKeys.push(key);
    const other = await keys.refused(refusedKeys);
    if (other === null) throw refusal;
    return other;
  }

  async function readWithRetries<T>(
    call: UpstreamRead<T>,
    context: CallContext,
    signal: StopSignal,
  ): Promise<T> {
    const refusedKeys: string[] = [];
    let key = keys.current();
    for (let retries = 0; ; ) {
      const outcome = noOutcome();
      try {
        const admitted = admissionControl.enter(call, context, signal);
        const ended = admitted instanceof Promise ? await admitted : admitted;
        try {
          return await send(call, context, signal, outcome, key, retries + refusedKeys.length > 0);
        } finally {
          ended(outcome);
        }
      } catch (error) {
        if (isKeyRefusal(error, outcome)) {
          key = await otherKey(error, key, refusedKeys);
          continue;
        }
        const maySend = () => admissionControl.refusal(call, context) === undefined;
        const waitMs = msUntilRetry(error, { outcome, retries, budget: context.retries, maySend, random });
        if (waitMs === undefined) throw error;
        await wait(waitMs, asAbortSignal(signal)).catch(() => {
          throw abortedAs(call.kind, signal.reason);
        });
        retries += 1;
      }
    }
  }

  return {
    read<T>(call: UpstreamRead<T>, context: CallContext): Promise<T> {
      const { signal, cost, explain } = context;
      if (call.unshared) return readWithRetries(call, context, signal);
      if (signal.aborted) return Promise.reject(abortedAs(call.kind, signal.reason));
      const key = requestKey(call, context, writes.get(call.haloGuid) ?? 0);
      const caller = { signal, abortedAs: (reason: unknown) => abortedAs(call.kind, reason) };
      const shared = reads.join<T>(key, caller);
      if (shared) {
        cost.saved('coalesced', 1);
        return explain ? explain.joined(call, shared) : shared;
      }
      const request = reads.open(key);
      return request.waitFor(readWithRetries(call, context, request.signal), caller);
    },
    async write(call, context) {
      const signal = context.writeTime?.signal() ?? context.signal;
      if (signal.aborted) throw abortedAs(call.kind, signal.reason);
      mustHaveTime(call, context);
      const refusedKeys: string[] = [];
      let key = keys.current();
      for (;;) {
        const ended = await admitInTime(admissionControl, call, context);
        const sentAt = clock();
        const outcome = noOutcome();
        try {
          mustHaveTime(call, context, outcome);
          const sent = limitQueue(call, context);
          return await send(sent, context, signal, outcome, key, refusedKeys.length > 0);
        } catch (error) {
          // A write that was refused for its key was not carried out.
          if (isKeyRefusal(error, outcome)) {
            key = await otherKey(error, key, refusedKeys);
            continue;
          }
          const certainty = writeCertainty(responseOf(outcome, call.procedure));
          throw certainty === 'NOT_WRITTEN' ? error : new NoAnswer(sentAt, error, certainty === 'LOOK');
        } finally {
          ended(outcome);
          writes.set(call.haloGuid, (writes.get(call.haloGuid) ?? 0) + 1);
        }
      }
    },
    sitePauseMs: admissionControl.sitePauseMs,
    state: admissionControl.state,
    async close() {
      if (!options.dispatcher) await dispatcher.close();
    },
  };
}

function isKeyRefusal(error: unknown, { status }: CallOutcome): boolean {
  return status === 401 && error instanceof AccessDenied && error.reason === 'SUBSCRIPTION_KEY_REJECTED';
}

function requestKey(
  { method, path, body, form = '' }: UpstreamRead<unknown>,
  { simulatedFault = '' }: CallContext,
  writes: number,
) {
  const target = `${writes} ${method} ${path} ${form} ${simulatedFault}`;
  return { target, start: body?.start, text: body?.text ?? '' };
}
