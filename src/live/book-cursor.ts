import { createHash } from 'node:crypto';
import type { LogPosition } from '../store/shared-log.ts';

/** A position in the changes of one book, for one set of users. It is valid on all replicas. */
interface BookCursor extends LogPosition {
  /** Names the users of the subscription. */
  readonly users: string;
}

export const encodeCursor = ({ run, seq, users }: BookCursor): string =>
  Buffer.from(`${run}.${seq}.${users}`).toString('base64url');

/** Undefined if the text is not a cursor. Then the subscriber gets a snapshot. */
export function decodeCursor(text: string): BookCursor | undefined {
  const [, run, seq, users] =
    /^([\w-]{1,32})\.(\d{1,15})\.([\w-]{1,32})$/.exec(Buffer.from(text, 'base64url').toString('latin1')) ??
    [];
  if (run === undefined || seq === undefined || users === undefined) return undefined;
  return { run, seq: Number(seq), users };
}

/** A short name for any number of users. */
export function usersName(userIds: readonly string[] | null): string {
  if (!userIds) return 'all';
  const text = JSON.stringify([...new Set(userIds)].sort());
  return createHash('sha256').update(text).digest('base64url').slice(0, 12);
}
