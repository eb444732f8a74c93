import { randomUUID } from 'node:crypto';
import type { OperationDefinitionNode, OperationTypeNode } from 'graphql';
import type { Caller } from '../auth/caller.ts';
import type { GraphContext } from '../context.ts';
import type { CostReport } from '../datasources/halo-cloud/halo-session.ts';
import type { RequestHeaders } from '../lib/request-headers.ts';
import { shortText } from '../lib/short-text.ts';
import type { StopSignal } from '../lib/stop.ts';
import type { Price } from '../price/price-of.ts';

/** What the steps need to know of the HTTP request. */
export interface OperationRequest {
  readonly method: string;
  readonly headers: RequestHeaders;
  /** Aborted when the connection closes before the response is finished. */
  readonly signal: StopSignal;
}

const sane = /^[\w.:-]{1,128}$/;

/** One operation on its way through the steps: what is known of it, and what it holds until its response has ended. */
export class Operation {
  readonly request: OperationRequest;
  /** The caller's own `x-request-id` when it is sane, else a new UUID. */
  readonly requestId: string;
  /** Milliseconds, monotonic. */
  readonly startedAt = performance.now();
  /** Undefined until a credential was recognised. */
  caller: Caller | undefined;
  /** The operation's name, cut at 100 characters; null when it has none, or was never found. */
  name: string | null = null;
  /** Undefined when it was never found. */
  type: OperationTypeNode | undefined;
  /** Codes of the entries in `errors`, each once; undefined until there is a result. */
  codes: readonly string[] | undefined;
  /** Undefined unless the price was all that was asked for. */
  price: Price | undefined;
  /** Undefined until the operation is about to be executed. */
  context: GraphContext | undefined;
  /** PMS IDs of the practices that a stream reached; other operations have them in their context. */
  reached: ReadonlySet<string> | undefined;
  /** Gives back its place among the running operations of the caller. */
  leaveRunning: () => void = () => {};
  /** What it cost upstream; undefined until it was executed. */
  cost: CostReport | undefined;
  /** Whether the caller asked for an explanation and may not have one. */
  explainDenied = false;
  /** Milliseconds from the request to its result. */
  ms = 0;
  /** Whether its result is a stream, which ends after it was handed over. */
  streams = false;
  /** The HTTP status of the response. */
  status = 200;
  /** Undefined once everything was released. */
  #held: (() => void)[] | undefined = [];

  constructor(request: OperationRequest) {
    this.request = request;
    const given = request.headers.get('x-request-id');
    this.requestId = given !== null && sane.test(given) ? given : randomUUID();
  }

  /** Its document was found valid. */
  found({ name, operation }: OperationDefinitionNode): void {
    this.name = name ? shortText(name.value) : null;
    this.type = operation;
  }

  /** `release` is called once: when the response has ended, or at once if it has ended already. */
  hold(release: () => void): void {
    if (this.#held) this.#held.push(release);
    else release();
  }

  /** The response has ended: it was finished, or its connection is closed. To be called again does nothing. */
  release(): void {
    const held = this.#held ?? [];
    this.#held = undefined;
    for (const release of held.reverse()) release();
  }
}
