import { NoAnswer } from '../datasources/practice-writes.ts';
import { HaloError, OutcomeUnknown } from '../errors.ts';

/**
 * Sends a write, once. When no answer comes, `find` reads whether it happened: what it finds is the answer. When that
 * tells nothing, NoAnswer stands. All other failures pass: they say that nothing was written.
 */
export async function sendOnce<T>(send: () => Promise<T>, find: () => Promise<T | null>): Promise<T> {
  try {
    return await send();
  } catch (error) {
    if (!(error instanceof NoAnswer)) throw error;
    const found = await foundOrNull(find);
    if (found === null) throw error;
    return found;
  }
}

/**
 * A write that says how a thing shall be, so that asking again does no harm and needs no key: sent, and read back when no
 * answer came. Throws OutcomeUnknown when the thing is not, or not yet, as it shall be.
 */
export async function sendWish(send: () => Promise<void>, isAsWished: () => Promise<boolean>): Promise<void> {
  try {
    await sendOnce(
      () => send().then(() => true),
      async () => (await isAsWished()) || null,
    );
  } catch (error) {
    if (!(error instanceof NoAnswer)) throw error;
    throw new OutcomeUnknown(null, {
      message: 'It is not known whether the change was made. Asking again is safe: it changes nothing twice.',
      cause: error,
    });
  }
}

/** A read that fails leaves open what it was to tell. */
async function foundOrNull<T>(find: () => Promise<T | null>): Promise<T | null> {
  try {
    return await find();
  } catch (error) {
    if (error instanceof HaloError) return null;
    throw error;
  }
}
