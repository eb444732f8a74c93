import { randomUUID } from 'node:crypto';
import type { OperationDefinitionNode, OperationTypeNode } from 'graphql';
import type { Caller } from '../auth/caller.ts';
import type { GraphContext } from '../context.ts';
import type { CostReport } from '../datasources/halo-cloud/halo-session.ts';
import type { RequestHeaders } from '../lib/request-headers.ts';
import { shortText } from '../lib/short-text.ts';
import type { StopSignal } from '../lib/stop.ts';
import type { Price } from '../price/price-of.ts';

/** The parts of the HTTP request that the steps need. */
export interface OperationRequest {
  readonly method: string;
  readonly headers: RequestHeaders;
  /** Aborted when the connection closes before the response is finished. */
  readonly signal: StopSignal;
}

const sane = /^[\w.:-]{1,128}$/;

/** The state of one operation in the pipeline, and the resources that it holds until its response has ended. */
export class Operation {
  readonly request: OperationRequest;
  /** The caller's `x-request-id` if it is valid, else a new UUID. */
  readonly requestId: string;
  /** Monotonic time in milliseconds. */
  readonly startedAt = performance.now();
  /** Undefined until the caller is authenticated. */
  caller: Caller | undefined;
  /** The operation's name, cut at 100 characters. Null: it has no name, or no valid operation was found. */
  name: string | null = null;
  /** Undefined: no valid operation was found. */
  type: OperationTypeNode | undefined;
  /** Codes of the entries in `errors`, each once; undefined until there is a result. */
  codes: readonly string[] | undefined;
  /** Set only when the caller requested the price without execution. */
  price: Price | undefined;
  /** Undefined until execution begins. */
  context: GraphContext | undefined;
  /** PMS IDs of the practices that a stream reached; other operations have them in their context. */
  reached: ReadonlySet<string> | undefined;
  /** Releases its slot of the caller's concurrency limit. */
  leaveRunning: () => void = () => {};
  /** The upstream cost. Undefined until the operation was executed. */
  cost: CostReport | undefined;
  /** Whether the caller requested an explanation without permission. */
  explainDenied = false;
  /** Milliseconds from the request to its result. */
  ms = 0;
  /** Whether the result is a stream, which ends some time after `run` returned it. */
  streams = false;
  /** The HTTP status of the response. */
  status = 200;
  /** Undefined after `release`. */
  #held: (() => void)[] | undefined = [];

  constructor(request: OperationRequest) {
    this.request = request;
    const given = request.headers.get('x-request-id');
    this.requestId = given !== null && sane.test(given) ? given : randomUUID();
  }

  /** Called when the document is valid. */
  found({ name, operation }: OperationDefinitionNode): void {
    this.name = name ? shortText(name.value) : null;
    this.type = operation;
  }

  /** `release` is called once: when the response ends, or at once if it has already ended. */
  hold(release: () => void): void {
    if (this.#held) this.#held.push(release);
    else release();
  }

  /** Called when the response is finished or its connection is closed. A second call does nothing. */
  release(): void {
    const held = this.#held ?? [];
    this.#held = undefined;
    for (const release of held.reverse()) release();
  }
}
