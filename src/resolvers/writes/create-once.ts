import { randomUUID } from 'node:crypto';
import type { GraphContext } from '../../context.ts';
import type { Practice } from '../../datasources/practice/practice.ts';
import type { Outcome } from '../../store/idempotency.ts';
import type { InputCheck } from '../check-input.ts';
import { once } from './once.ts';

/** A mutation that creates a record. */
export interface Creation {
  /** Name of the mutation. The same key in another mutation is a different key. */
  readonly mutation: string;
  readonly idempotencyKey: string;
  /** Everything that the result depends on. */
  readonly input: unknown;
  /** Checks and sends. Throws NoAnswer if the outcome is not known. Any HaloError means that nothing was written. */
  make(): Promise<Outcome>;
  /** Looks for the record of an earlier request with the key. Null if it is not there, or not there yet. */
  find(): Promise<Outcome | null>;
}

/** The caller's idempotency key, or a new one for this request. */
export function keyOf(
  check: InputCheck,
  { idempotencyKey }: { readonly idempotencyKey?: string | null | undefined },
): string {
  return check.idempotencyKey(['input', 'idempotencyKey'], idempotencyKey) ?? randomUUID();
}

/** The id of the record that the first request with this key created, for this caller and practice. Throws as `once`. */
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
