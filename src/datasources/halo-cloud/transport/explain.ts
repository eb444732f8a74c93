/**
 * `extensions.halo.explain`: the upstream calls of one operation, in order, and why each was sent.
 *
 * Which field, source and cause a call belongs to is known by its asynchronous context. It is entered only while an
 * operation with the header `x-halo-explain` runs; other operations run as if this file did not exist.
 */
import { AsyncLocalStorage } from 'node:async_hooks';
import type { DataSource } from '../../domain/pms.ts';
import type { RecalledReference } from '../halo-session.ts';
import type { CallKind } from './call-kind.ts';

/** Why a call was sent in addition to the first one. */
export type CallCause =
  /** The call before it failed and may be repeated. */
  | 'RETRY'
  /** A 403: the practice is looked up again. */
  | 'SITE_REFUSED'
  /** The practice has moved: the read is repeated on its current site. */
  | 'SITE_MOVED'
  /** The immediate query was too long or its result too large: it runs again as an async query. */
  | 'LIMIT_EXCEEDED';

export interface ExplainedCall {
  /** The field that caused it, as in `errors[].path`. When one call serves several fields: the first of them. */
  readonly path: readonly (string | number)[] | null;
  /** `SENT`: a call of this operation. `SHARED`: another call for the same was in flight. `CACHED`: no call was needed. */
  readonly delivery: 'SENT' | 'SHARED' | 'CACHED';
  /** Null for `CACHED`. */
  readonly kind: CallKind | null;
  /** Method and path without ids; null when it was not sent. */
  readonly request: string | null;
  readonly haloGuid: string | null;
  /** The text of the SQL statement, or the names of the FHIR search parameters. It never holds a value of the caller. */
  readonly statement: string | null;
  /** The source that was chosen for the field; null for look-ups, and for SQL that the caller wrote. */
  readonly source: DataSource | null;
  readonly reason: string | null;
  readonly cause: CallCause | null;
  readonly charged: boolean;
  /** Milliseconds since the operation began. */
  readonly startMs: number;
  /** Null: it had not ended when the response was written. */
  readonly ms: number | null;
  /** HTTP status; null without a response. */
  readonly status: number | null;
  /** Code of the failed connection. */
  readonly failure: string | null;
  /** For `CACHED`: what was known, and its age. */
  readonly cached: { readonly what: string; readonly ageSeconds: number } | null;
}

/** `extensions.halo.explain`. */
export interface Explanation {
  readonly calls: readonly ExplainedCall[];
  /** How many more calls there were than are listed. */
  readonly omitted: number;
}

/** A call as far as it is explained. */
export interface Explainable {
  readonly kind: CallKind;
  readonly method: string;
  readonly route: string;
  readonly haloGuid: string | null;
  readonly statement?: (() => string) | undefined;
}

interface Ending {
  readonly charged: boolean;
  readonly status: number | null;
  readonly failure: string | null;
}

/** Ends the entry of a call. */
export type EndCall = (ending: Ending) => void;

/** A path of graphql-js: the last step first. */
interface Path {
  readonly prev: Path | undefined;
  readonly key: string | number;
}

interface Frame {
  /** A timer that several operations share may run in the context of another one. */
  readonly owner: Explain;
  readonly path?: Path;
  readonly source?: DataSource;
  readonly reason?: string;
  readonly cause?: CallCause;
}

const maxCalls = 500;
const frames = new AsyncLocalStorage<Frame>();
let running = 0;

/** Records the upstream calls of one operation. */
export class Explain {
  readonly #startedAt: number;
  readonly #calls: ExplainedCall[] = [];
  #omitted = 0;
  #open = true;

  /** @param startedAt of the operation, in milliseconds of `performance.now()` */
  constructor(startedAt: number) {
    this.#startedAt = startedAt;
    running += 1;
  }

  /** @param charged as the cost counts it before the response */
  sent(call: Explainable, charged: boolean, isRetry: boolean): EndCall {
    return this.#begin(call, { charged, ...(isRetry && { cause: 'RETRY' }) });
  }

  /** An identical call is in flight, and this operation shares its answer. `answer` settles when that call ends. */
  async joined<T>(call: Explainable, answer: Promise<T>): Promise<T> {
    const end = this.#begin(call, { delivery: 'SHARED' });
    try {
      return await answer;
    } finally {
      end({ charged: false, status: null, failure: null });
    }
  }

  recalled({ haloGuid, what, ageSeconds }: RecalledReference): void {
    this.#add({
      ...entryOf(this.#frame(), this.#now()),
      delivery: 'CACHED',
      haloGuid,
      ms: 0,
      cached: { what, ageSeconds },
    });
  }

  report(): Explanation {
    return { calls: [...this.#calls], omitted: this.#omitted };
  }

  /** No field of the operation is executed any more. */
  close(): void {
    if (!this.#open) return;
    this.#open = false;
    running -= 1;
    // Node 20 hooks into every promise of the process while an AsyncLocalStorage is in use.
    if (running === 0) frames.disable();
  }

  #begin(call: Explainable, more: Partial<ExplainedCall>): EndCall {
    const startedAt = performance.now();
    const { kind, method, route, haloGuid, statement } = call;
    const at = this.#add({
      ...entryOf(this.#frame(), this.#now()),
      ...more,
      kind,
      request: `${method} ${route}`,
      haloGuid,
      statement: statement?.() ?? null,
    });
    return (ending) => {
      const entry = this.#calls[at];
      if (entry) this.#calls[at] = { ...entry, ...ending, ms: roundMs(performance.now() - startedAt) };
    };
  }

  /** Returns the index of the entry; one after the end if the list is full. */
  #add(entry: ExplainedCall): number {
    if (this.#calls.length < maxCalls) return this.#calls.push(entry) - 1;
    this.#omitted += 1;
    return maxCalls;
  }

  #frame(): Partial<Frame> {
    const frame = frames.getStore();
    return frame?.owner === this ? frame : {};
  }

  #now(): number {
    return roundMs(performance.now() - this.#startedAt);
  }
}

function entryOf({ path, source, reason, cause }: Partial<Frame>, startMs: number): ExplainedCall {
  return {
    path: path ? stepsOf(path) : null,
    delivery: 'SENT',
    kind: null,
    request: null,
    haloGuid: null,
    statement: null,
    source: source ?? null,
    reason: reason ?? null,
    cause: cause ?? null,
    charged: false,
    startMs,
    ms: null,
    status: null,
    failure: null,
    cached: null,
  };
}

function stepsOf(path: Path): readonly (string | number)[] {
  const steps: (string | number)[] = [];
  for (let at: Path | undefined = path; at; at = at.prev) steps.unshift(at.key);
  return steps;
}

const roundMs = (ms: number): number => Math.round(ms * 10) / 10;

/** Runs a resolver. The calls that it causes are explained by its path. */
export function atField<T>(owner: Explain, path: Path, resolve: () => T): T {
  return frames.run({ owner, path }, resolve);
}

/** Calls a method of a source. `reason` says why that source. */
export function callSource<T>(
  source: DataSource,
  reason: () => string,
  method: (argument: unknown) => T,
  argument: unknown,
): T {
  const frame = frames.getStore();
  return frame ? frames.run({ ...frame, source, reason: reason() }, method, argument) : method(argument);
}

/** Runs calls that are needed because of what an earlier call answered. */
export function because<T>(cause: CallCause, call: () => T): T {
  const frame = frames.getStore();
  return frame ? frames.run({ ...frame, cause }, call) : call();
}
