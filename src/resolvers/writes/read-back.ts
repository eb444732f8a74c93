/** Reads records after a write. Payloads are always read from the practice, never copied from the input. */
import type { GraphContext } from '../../context.ts';
import type { Practice } from '../../datasources/practice/practice.ts';
import { HaloError, OutcomeUnknown, UpstreamFailed } from '../../errors.ts';

/** The practice without the operation's loaders, which can hold records from before the change. */
export type Readable = Pick<Practice, 'data'>;

/** Reads within the operation's deadline. After it, or after a disconnect, it reads in the reserved extra time. */
export async function readInTime<T>(
  context: GraphContext,
  practice: Practice,
  read: (practice: Readable) => Promise<T>,
): Promise<T> {
  if (!context.signal.aborted) {
    try {
      return await read(practice);
    } catch (error) {
      if (!context.signal.aborted) throw error;
    }
  }
  const { pms, bpSiteId } = practice.connection;
  return read(await context.graceSession().find(pms, bpSiteId));
}

/**
 * Reads a record after its change. Throws OutcomeUnknown if the record cannot be read: the caller must not think that the
 * change failed.
 */
export async function readBack<T>(
  context: GraphContext,
  practice: Practice,
  read: (practice: Readable) => Promise<T | null>,
  idempotencyKey: string | null = null,
): Promise<T> {
  let found: T | null;
  try {
    found = await readInTime(context, practice, read);
  } catch (error) {
    if (!(error instanceof HaloError)) throw error;
    throw new OutcomeUnknown(idempotencyKey, {
      message:
        'The change was made, but it could not be read back from the practice. Try again. The change is not made a second time.',
      cause: error,
    });
  }
  if (found === null) {
    throw new UpstreamFailed(null, { detail: 'the practice does not show what it has just written' });
  }
  return found;
}
