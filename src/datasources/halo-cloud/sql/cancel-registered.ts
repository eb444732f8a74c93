import { NotFound, UpstreamFailed } from '../../../errors.ts';
import { NoAnswer } from '../../practice/write-port.ts';
import { cancelCall, registeredCall } from './registered.ts';
import type { QueryDesk } from './site-queries.ts';

/** Statuses with which a second cancellation may be turned down. */
const turnedDown: ReadonlySet<number | null> = new Set([400, 409, 410]);

/**
 * Cancels a registered query; where the answer leaves open whether it is cancelled, the query itself tells. Throws NotFound,
 * and NoAnswer where that does not tell either.
 */
export async function cancelRegistered(desk: QueryDesk, haloGuid: string, queryId: string): Promise<void> {
  const { halo, context } = desk;
  try {
    await halo.write(cancelCall(haloGuid, queryId), context);
  } catch (error) {
    const isOpen =
      error instanceof NoAnswer ||
      error instanceof NotFound ||
      (error instanceof UpstreamFailed && turnedDown.has(error.httpStatus));
    if (!isOpen) throw error;
    const query = await halo.read(registeredCall(haloGuid, queryId), context).catch(() => undefined);
    if (!query || query.status === 'ENABLED') throw error;
  }
}
