/** Never twice: a write under an idempotency key, however often and from wherever it is asked for. */
import { createHash } from 'node:crypto';
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
 * How long a write that nobody answered for can still reach the practice: Halo Cloud keeps an immediate query in its queue
 * for at most 60 s, and lets it run for at most 60 s.
 */
const longestUnderwayMs = 120_000;

export interface KeyedWrite {
  readonly store: IdempotencyStore;
  /** Who asks, of which practice, for what: one caller's keys are not another's. */
  readonly scope: readonly string[];
  /** The caller's, or one made for this request: with it OutcomeUnknown is resolved. */
  readonly idempotencyKey: string;
  /** All that the write depends on. */
  readonly input: unknown;
  /** Aborted when the operation has no time left to wait for another that holds the key. */
  readonly signal: StopSignal;
  /** Milliseconds since 1970. */
  now(): number;
  /** Checks and sends. Throws NoAnswer when the outcome is open; any HaloError says that nothing was written. */
  make(): Promise<Outcome>;
  /** Whether an earlier write is there; null: not, or not yet. */
  find(): Promise<Outcome | null>;
}

/** The outcome of the first write under the key. Throws the HaloErrors of `make`, InvalidInput, OutcomeUnknown. */
export async function once(write: KeyedWrite): Promise<string> {
  const key = JSON.stringify([...write.scope, write.idempotencyKey]);
  const inputHash = createHash('sha256').update(JSON.stringify(write.input)).digest('base64');
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

/** Runs the write while the key is ours, and gives the key back as what happened demands. */
async function hold(key: string, write: KeyedWrite, unknownSince: number | null): Promise<Outcome> {
  const { store } = write;
  let openSince = unknownSince;
  let outcome: Outcome;
  try {
    outcome = (unknownSince === null ? null : await lookAgain(write)) ?? (await anew());
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

  async function anew(): Promise<Outcome> {
    if (openSince !== null) {
      if (write.now() - openSince <= longestUnderwayMs) throw unknown(write);
      openSince = null;
    }
    try {
      return await write.make();
    } catch (error) {
      // A bug after sending is as silent as a lost answer: the key stays, so that it is looked for before anything is sent.
      if (error instanceof NoAnswer) openSince = error.sentAt;
      else if (!(error instanceof HaloError)) openSince = write.now();
      throw error;
    }
  }
}

function idOf(outcome: Outcome): string {
  if ('id' in outcome) return outcome.id;
  // The only refusal that is an outcome; all others release the key.
  throw new SlotTaken();
}

/** A look that fails tells nothing: only one that sees that nothing is there lets a write be sent anew. */
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

/** A deadline that passed, or a caller who went away, is the holder's own: those who wait have time of theirs. */
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
