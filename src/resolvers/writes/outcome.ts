import { NoAnswer } from '../../datasources/practice/write-port.ts';
import { HaloError, OutcomeUnknown } from '../../errors.ts';

/** The result of a read after a write: the written record, no trace of the write, or neither for certain. */
export type Look<T> = { readonly written: T } | 'UNCHANGED' | 'UNCLEAR';

/**
 * Sends a write once. If the response does not say whether it was executed, `look` reads the practice. A record that it finds
 * is the result. If there is no trace of the write and the practice has finished executing it, the practice's error is thrown;
 * otherwise NoAnswer. All other errors prove that nothing was written and are thrown as they are. `incomplete` is called if
 * the record is there although the practice reported an error.
 */
export async function sendOnce<T>(
  send: () => Promise<T>,
  look: () => Promise<Look<T>>,
  incomplete: (written: T) => void = () => {},
): Promise<T> {
  try {
    return await send();
  } catch (error) {
    if (!(error instanceof NoAnswer)) throw error;
    const seen = await lookOrUnclear(look);
    if (typeof seen === 'object') {
      if (error.over) incomplete(seen.written);
      return seen.written;
    }
    throw seen === 'UNCHANGED' && error.over ? error.cause : error;
  }
}

/**
 * Sends an idempotent write: it sets a state, so that sending it again is harmless and needs no key. Throws as `sendOnce`, but
 * OutcomeUnknown instead of NoAnswer.
 */
export async function sendIdempotent<T>(
  send: () => Promise<T>,
  look: () => Promise<Look<T>>,
  incomplete?: (written: T) => void,
): Promise<T> {
  try {
    return await sendOnce(send, look, incomplete);
  } catch (error) {
    if (!(error instanceof NoAnswer)) throw error;
    throw new OutcomeUnknown(null, {
      message: 'It is not known whether the change was made. Try again. The change is never made twice.',
      cause: error,
    });
  }
}

/** Compares a record with the requested state and with the state before. */
export function lookAt(isAsRequested: boolean, isAsBefore: boolean): Look<void> {
  if (isAsRequested) return { written: undefined };
  return isAsBefore ? 'UNCHANGED' : 'UNCLEAR';
}

/** A failed read leaves the outcome open. */
async function lookOrUnclear<T>(look: () => Promise<Look<T>>): Promise<Look<T>> {
  try {
    return await look();
  } catch (error) {
    if (error instanceof HaloError) return 'UNCLEAR';
    throw error;
  }
}
