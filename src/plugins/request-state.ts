import { randomUUID } from 'node:crypto';
import type { OperationTypeNode } from 'graphql';
import type { Caller } from '../auth/caller.ts';
import type { GraphContext } from '../context.ts';
import type { Price } from '../price/price-of.ts';

/** What the plugins share about one HTTP request. */
export interface RequestState {
  /** The caller's own `x-request-id` when it is sane, else a new UUID. */
  readonly requestId: string;
  /** Milliseconds, monotonic. */
  readonly startedAt: number;
  /** Undefined until a credential was recognised. */
  caller: Caller | undefined;
  /** The operation's name; null when it has none, or was never executed. */
  operation: string | null;
  /** Undefined when it was never executed. */
  operationType: OperationTypeNode | undefined;
  /** Codes of the entries in `errors`, each once; undefined until there is a result. */
  codes: readonly string[] | undefined;
  /** Undefined unless the price was all that was asked for. */
  price: Price | undefined;
  /** Undefined until the operation is parsed and valid. */
  context: GraphContext | undefined;
}

const states = new WeakMap<Request, RequestState>();
const sane = /^[\w.:-]{1,128}$/;

export function stateOf(request: Request): RequestState {
  let state = states.get(request);
  if (!state) {
    const given = request.headers.get('x-request-id');
    const requestId = given !== null && sane.test(given) ? given : randomUUID();
    state = {
      requestId,
      startedAt: performance.now(),
      caller: undefined,
      operation: null,
      operationType: undefined,
      codes: undefined,
      price: undefined,
      context: undefined,
    };
    states.set(request, state);
  }
  return state;
}
