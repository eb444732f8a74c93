import { NotFound, UpstreamFailed } from '../../../errors.ts';
import { NoAnswer } from '../../practice/write-port.ts';
import { cancelCall, registeredCall } from './registered.ts';
import type { QueryContext } from './site-queries.ts';

/** Halo Cloud may refuse a second cancellation with one of these statuses. */
const refusals: ReadonlySet<number | null> = new Set([400, 409, 410]);

/**
 * Cancels a registered query. If the response does not show whether it is cancelled, the query is read. Throws NotFound, and
 * NoAnswer when reading does not show it either.
 */
export async function cancelRegistered(
  queries: QueryContext,
  haloGuid: string,
  queryId: string,
): Promise<void> {
  const { halo, context } = queries;
  try {
    await halo.write(cancelCall(haloGuid, queryId), context);
  } catch (error) {
    const isOpen =
      error instanceof NoAnswer ||
      error instanceof NotFound ||
      (error instanceof UpstreamFailed && refusals.has(error.httpStatus));
    if (!isOpen) throw error;
    const query = await halo.read(registeredCall(haloGuid, queryId), context).catch(() => undefined);
    if (!query || query.status === 'ENABLED') throw error;
  }
}
