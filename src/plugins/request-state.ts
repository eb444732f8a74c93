import { randomUUID } from 'node:crypto';
import type { Caller } from '../auth/caller.ts';
import type { GraphContext } from '../context.ts';

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
      context: undefined,
    };
    states.set(request, state);
  }
  return state;
}
