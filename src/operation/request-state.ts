import { randomUUID } from 'node:crypto';
import type { OperationTypeNode } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import type { Caller } from '../auth/caller.ts';
import type { GraphContext } from '../context.ts';
import type { Variables } from '../execution/coerce-variables.ts';
import type { PreparedOperation } from '../execution/prepare-operation.ts';
import type { RequestHeaders } from '../http/request-headers.ts';
import type { Price } from '../price/price-of.ts';

/** What is known and shared about one HTTP request while it is answered. */
export interface RequestState {
  /** The caller's own `x-request-id` when it is sane, else a new UUID. */
  readonly requestId: string;
  /** Milliseconds, monotonic. */
  readonly startedAt: number;
  /** Undefined until a credential was recognised. */
  caller: Caller | undefined;
  /** Whether it was counted against the caller's rate. */
  counted: boolean;
  /** Gives back the place among the caller's running operations; undefined until it has one. */
  leave: (() => void) | undefined;
  /** The operation's name; null when it has none, or was never executed. */
  operation: string | null;
  /** Undefined when it was never executed. */
  operationType: OperationTypeNode | undefined;
  /** Codes of the entries in `errors`, each once; undefined until there is a result. */
  codes: readonly string[] | undefined;
  /** Undefined unless the price was all that was asked for. */
  price: Price | undefined;
  /** The operation with its variables; undefined until they were found to fit. */
  prepared: { readonly operation: PreparedOperation; readonly variables: Variables } | undefined;
  /** Undefined until the operation is parsed and valid. */
  context: GraphContext | undefined;
}

const states = new WeakMap<Request, RequestState>();
const sane = /^[\w.:-]{1,128}$/;

export function openState(headers: RequestHeaders): RequestState {
  const given = headers.get('x-request-id');
  return {
    requestId: given !== null && sane.test(given) ? given : randomUUID(),
    startedAt: performance.now(),
    caller: undefined,
    counted: false,
    leave: undefined,
    operation: null,
    operationType: undefined,
    codes: undefined,
    price: undefined,
    prepared: undefined,
    context: undefined,
  };
}

export function stateOf(request: Request): RequestState {
  let state = states.get(request);
  if (!state) {
    state = openState(request.headers);
    states.set(request, state);
  }
  return state;
}

/** What goes along with a request that was looked at before Yoga got it. */
export interface HandedOver {
  readonly state?: RequestState | undefined;
}

/** The request goes on from where it stood when it was handed over. */
export function useHandedOver(): Plugin<object, HandedOver> {
  return {
    onRequest({ request, serverContext }) {
      const state = (serverContext as HandedOver | undefined)?.state;
      if (state) states.set(request, state);
    },
  };
}
