/** Executes a write at most once for an idempotency key, however often it is requested and through whichever replica. */
import { hash } from 'node:crypto';
import { NoAnswer } from '../../datasources/practice/write-port.ts';
import {
  HaloError,
  InvalidInput,
  OutcomeUnknown,
  QueryTimedOut,
  SlotTaken,
  UpstreamFailed,
} from '../../errors.ts';
import type { StopSignal } from '../../lib/stop.ts';
import type { IdempotencyStore, Outcome } from '../../store/idempotency.ts';

// Rests on assumption B24.

/**
 * How long a write without a response can still reach the practice. Halo Cloud queues an immediate query for at most 60 s and
 * runs it for at most 60 s.
 */
const longestUnderwayMs = 120_000;

export interface KeyedWrite {
  readonly store: IdempotencyStore;
  /** Caller, practice and mutation. Keys of different callers are independent. */
  readonly scope: readonly string[];
  /** The caller's key, or a new one for this request. A retry with it resolves OutcomeUnknown. */
  readonly idempotencyKey: string;
  /** Everything that the write depends on. */
  readonly input: unknown;
  /** Aborted if the operation has no time left to wait for another one that holds the key. */
  readonly signal: StopSignal;
  /** Milliseconds since 1970. */
  now(): number;
  /** Checks and sends. Throws NoAnswer if the outcome is not known. Any HaloError means that nothing was written. */
  make(): Promise<Outcome>;
  /** Looks for the result of an earlier write. Null if it is not there, or not there yet. */
  find(): Promise<Outcome | null>;
}

/** The outcome of the first write with this key. Throws InvalidInput, OutcomeUnknown, and the HaloErrors of `make`. */
export async function once(write: KeyedWrite): Promise<string> {
  const key = JSON.stringify([...write.scope, write.idempotencyKey]);
  const inputHash = hash('sha256', JSON.stringify(write.input), 'base64');
  for (;;) {
    const claim = await write.store.claim(key, inputHash);
    switch (claim.state) {
      case 'other-input':
        throw new InvalidInput([
          {
            path: ['input', 'idempotencyKey'],
            message: 'This idempotency key was used with different input within the last 24 hours.',
          },
        ]);
      case 'settled':
        return idOf(claim.outcome);
      case 'unreadable': {
        const found = await lookAgain(write);
        if (found) return idOf(found);
        throw unknown(write);
      }
      case 'running': {
        const failure = await inTime(claim.over, write);
        if (failure) throw failure;
        break;
      }
      case 'mine':
        return idOf(await hold(key, write, claim.unknownSince));
    }
  }
}

/** Runs the write while this request holds the key, and then settles, releases or keeps the key. */
async function hold(key: string, write: KeyedWrite, unknownSince: number | null): Promise<Outcome> {
  const { store } = write;
  let openSince = unknownSince;
  let outcome: Outcome;
  try {
    outcome = (unknownSince === null ? null : await lookAgain(write)) ?? (await makeWrite());
  } catch (error) {
    if (error instanceof SlotTaken && openSince === null) {
      await store.settle(key, { refused: error.code });
      throw error;
    }
    const failure = error instanceof NoAnswer ? unknown(write, error) : error;
    if (openSince !== null) await store.leaveUnknown(key, openSince, asFailure(failure, write));
    else await store.release(key, isShared(failure) ? failure : null);
    throw failure;
  }
  await store.settle(key, outcome);
  return outcome;

  async function makeWrite(): Promise<Outcome> {
    if (openSince !== null) {
      if (write.now() - openSince <= longestUnderwayMs) throw unknown(write);
      openSince = null;
    }
    try {
      return await write.make();
    } catch (error) {
      // After an unexpected error, the outcome is as unknown as after a lost response. The key stays, so that a retry reads
      // before it writes.
      if (error instanceof NoAnswer) openSince = error.sentAt;
      else if (!(error instanceof HaloError)) openSince = write.now();
      throw error;
    }
  }
}

function idOf(outcome: Outcome): string {
  if ('id' in outcome) return outcome.id;
  // SlotTaken is the only refusal that is stored. All others release the key.
  throw new SlotTaken();
}

/** Looks for an earlier write. If that read fails, the outcome stays unknown, and nothing is sent again. */
async function lookAgain(write: KeyedWrite): Promise<Outcome | null> {
  try {
    return await write.find();
  } catch (error) {
    throw error instanceof HaloError ? unknown(write, error) : error;
  }
}

const unknown = ({ idempotencyKey }: KeyedWrite, cause?: unknown) =>
  new OutcomeUnknown(idempotencyKey, cause === undefined ? {} : { cause });

const asFailure = (error: unknown, write: KeyedWrite): HaloError =>
  error instanceof HaloError ? error : unknown(write);

/** Whether the failure also applies to requests that wait for the key. The holder's deadline or disconnect does not. */
function isShared(error: unknown): error is HaloError {
  return (
    error instanceof HaloError && !(error instanceof QueryTimedOut) && !(error instanceof UpstreamFailed)
  );
}

async function inTime<T>(over: Promise<T>, write: KeyedWrite): Promise<T> {
  const { signal } = write;
  let give: (() => void) | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    give = () => reject(unknown(write));
    if (signal.aborted) give();
    else signal.addEventListener('abort', give);
  });
  try {
    return await Promise.race([over, late]);
  } finally {
    if (give) signal.removeEventListener('abort', give);
  }
}
