import type { HaloSession } from '../../datasources/halo-cloud/halo-session.ts';

/** What one run of `confirm` costs at most. */
export const maxCharged = 6;

/** Runs work in a session and a deadline of its own. Null if its price, in charged calls, would exceed the limit. */
export type Call = <T>(price: number, work: (session: HaloSession) => Promise<T>) => Promise<T | null>;

export interface ChargedCalls {
  readonly call: Call;
  readonly cost: { calls: number; charged: number };
}

/** @param kept charged calls that are reserved for a later step */
export function countChargedCalls(openSession: () => HaloSession, kept: number): ChargedCalls {
  const cost = { calls: 0, charged: 0 };
  return {
    cost,
    async call(price, work) {
      if (price > 0 && cost.charged + price + kept > maxCharged) return null;
      const session = openSession();
      try {
        return await work(session);
      } finally {
        const { calls, charged } = session.cost();
        cost.calls += calls;
        cost.charged += charged;
      }
    },
  };
}
