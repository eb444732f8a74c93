import { randomUUID } from 'node:crypto';
import type { GraphContext } from '../../context.ts';
import type { Practice } from '../../datasources/practice/practice.ts';
import type { Outcome } from '../../store/idempotency.ts';
import type { InputCheck } from '../check-input.ts';
import { once } from './once.ts';

/** A mutation that makes something new. */
export interface Creation {
  /** Name of the mutation: a key used there is another than the same key elsewhere. */
  readonly mutation: string;
  readonly idempotencyKey: string;
  /** All that it depends on. */
  readonly input: unknown;
  /** Checks and sends. Throws NoAnswer when the outcome is open; any HaloError says that nothing was written. */
  make(): Promise<Outcome>;
  /** Whether an earlier one under the key is there; null: not, or not yet. */
  find(): Promise<Outcome | null>;
}

/** The caller's idempotency key, or one made for this request. */
export function keyOf(
  check: InputCheck,
  { idempotencyKey }: { readonly idempotencyKey?: string | null | undefined },
): string {
  return check.idempotencyKey(['input', 'idempotencyKey'], idempotencyKey) ?? randomUUID();
}

/** The id of what was made the first time under this key, by this caller at this practice. Throws as `once`. */
export function createOnce(context: GraphContext, practice: Practice, creation: Creation): Promise<string> {
  const { connection } = practice;
  const { pms, bpSiteId } = connection;
  const { mutation, ...write } = creation;
  return once({
    ...write,
    store: context.idempotency,
    scope: [context.caller.name, pms, bpSiteId, mutation],
    signal: context.signal,
    now: () => connection.now(),
  });
}
