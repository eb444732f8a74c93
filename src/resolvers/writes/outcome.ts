import { NoAnswer } from '../../datasources/practice/write-port.ts';
import { HaloError, OutcomeUnknown } from '../../errors.ts';

/** What reading shows of a write: what it has written, that nothing of it is there, or neither for certain. */
export type Look<T> = { readonly written: T } | 'UNCHANGED' | 'UNCLEAR';

/**
 * Sends a write, once. Where its response leaves open whether it was executed, `look` reads that. What it finds is the
 * result. Where nothing of it is there and the practice has finished with it, the practice's own error is thrown. Else NoAnswer
 * stands. All other failures pass: they prove that nothing was written. `incomplete` is called where the write is there although
 * the practice reported an error.
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
 * A write that says how a thing shall be, so that sending it again does no harm and needs no key. Throws as `sendOnce`, and
 * OutcomeUnknown in place of NoAnswer.
 */
export async function sendWish<T>(
  send: () => Promise<T>,
  look: () => Promise<Look<T>>,
  incomplete?: (written: T) => void,
): Promise<T> {
  try {
    return await sendOnce(send, look, incomplete);
  } catch (error) {
    if (!(error instanceof NoAnswer)) throw error;
    throw new OutcomeUnknown(null, {
      message: 'It is not known whether the change was made. Try again: it is never made twice.',
      cause: error,
    });
  }
}

/** A thing that was to change: it is as wished, it is as it was before, or it is something else. */
export function lookAt(isAsWished: boolean, isAsBefore: boolean): Look<void> {
  if (isAsWished) return { written: undefined };
  return isAsBefore ? 'UNCHANGED' : 'UNCLEAR';
}

/** A read that fails leaves open what it was to show. */
async function lookOrUnclear<T>(look: () => Promise<Look<T>>): Promise<Look<T>> {
  try {
    return await look();
  } catch (error) {
    if (error instanceof HaloError) return 'UNCLEAR';
    throw error;
  }
}
