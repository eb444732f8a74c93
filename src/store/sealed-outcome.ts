/** Signed outcomes of writes in Redis. Nobody else who can write to Redis can forge the id of an appointment. */
import { z } from 'zod';
import { type HaloErrorCode, haloErrorTable } from '../error-codes.ts';
import type { SubscriptionKeys } from '../subscription-keys.ts';
import type { Outcome } from './idempotency.ts';
import { createSeal, jsonOf } from './seal.ts';

const codes = Object.keys(haloErrorTable) as [HaloErrorCode, ...HaloErrorCode[]];
const outcomeSchema = z.union([
  z.strictObject({ id: z.string().min(1).max(100) }),
  z.strictObject({ refused: z.enum(codes) }),
]);

export interface OutcomeSeal {
  seal(name: string, outcome: Outcome): string;
  /** Null if it was not sealed under this key by a replica of this Halo Cloud and subscription. */
  open(name: string, sealed: string): Outcome | null;
}

export function createOutcomeSeal(subscriptionKey: string | SubscriptionKeys, baseUrl: string): OutcomeSeal {
  const { seal, open } = createSeal(subscriptionKey, baseUrl, 'idempotency');
  return {
    seal: (name, outcome) => seal(name, JSON.stringify(outcome)),
    open(name, sealed) {
      const content = open(name, sealed);
      return content === null ? null : (outcomeSchema.safeParse(jsonOf(content)).data ?? null);
    },
  };
}
