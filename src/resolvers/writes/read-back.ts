/** What the practice holds after a write: every payload is read from it, never echoed from the input. */
import type { GraphContext } from '../../context.ts';
import type { Practice } from '../../datasources/practice/practice.ts';
import { HaloError, OutcomeUnknown, UpstreamFailed } from '../../errors.ts';

/** The practice as it is read from: past the operation's loaders, which may have seen it before the change. */
export type Readable = Pick<Practice, 'data'>;

/** Reads while the operation has time left and somebody waits for it, else with the seconds that are spared for that. */
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
  return read(await context.spare().find(pms, bpSiteId));
}

/**
 * What a write that was made has come to. Throws OutcomeUnknown when the practice cannot be asked for it any more: the
 * caller must not take the change for failed.
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
        'The change was made, but it could not be read back from the practice. Try again: it is never made twice.',
      cause: error,
    });
  }
  if (found === null) {
    throw new UpstreamFailed(null, { detail: 'the practice does not show what it has just written' });
  }
  return found;
}
