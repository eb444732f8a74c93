/** The process that holds the subscriptions of live books. */
import { sendMessage, startNode, stop } from './processes.ts';
import type { Server } from './server.ts';

export interface Delivery {
  /** Events that arrived. */
  readonly delivered: number;
  /** Milliseconds from sending a mutation to the arrival of its change, over all streams and mutations. */
  readonly p50: number;
  readonly p99: number;
  readonly most: number;
  /** Streams that ended by themselves. */
  readonly lost: number;
}

type To = Pick<Server, 'url' | 'headers'>;

export interface Subscribers {
  /** Opens streams, the bodies in turn. Resolves when each has its snapshot, with the milliseconds it took. */
  open(server: To, bodies: readonly string[], count: number): Promise<number>;
  /** Sends pairs of a booking and its cancellation, each when the change before has reached all streams. */
  change(server: To, pairs: readonly (readonly [string, string])[]): Promise<Delivery>;
  closeStreams(): Promise<void>;
  close(): Promise<void>;
}

export function startSubscribers(): Subscribers {
  const child = startNode('around', ['bench/subscribers.mjs'], { ipc: true });
  const sendOrder = async <Answer>(order: object): Promise<Answer> => {
    const answer = await sendMessage<Answer & { readonly failed?: string }>(child, order);
    if (answer.failed) throw new Error(answer.failed);
    return answer;
  };
  return {
    async open({ url, headers }, bodies, count) {
      const { ms } = await sendOrder<{ ms: number }>({ order: 'open', url, headers, bodies, count });
      return ms;
    },
    change: ({ url, headers }, pairs) => sendOrder({ order: 'change', url, headers, pairs }),
    closeStreams: async () => void (await sendOrder({ order: 'close' })),
    close: () => stop(child),
  };
}
