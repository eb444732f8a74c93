import type { UnreadableRow } from '../../domain/unreadable-rows.ts';
import type { Notice } from '../halo-session.ts';

/** The notices of one operation, without duplicates. */
export interface Notices {
  add(notice: Notice): void;
  /** Counts each record of a practice once, even if several fields of the operation read it. */
  addUnreadable(bpSiteId: string, rows: readonly UnreadableRow[]): void;
  all(): readonly Notice[];
}

export function createNotices(): Notices {
  // Most operations have none.
  let notices: Map<string, Notice> | undefined;
  let unreadable: Map<string, { readonly known: Set<string>; unnamed: number }> | undefined;
  return {
    add(notice) {
      const key = `${notice.code} ${notice.bpSiteId} ${notice.previousHaloGuid ?? ''}`;
      notices ??= new Map();
      if (!notices.has(key)) notices.set(key, notice);
    },
    addUnreadable(bpSiteId, rows) {
      unreadable ??= new Map();
      const counted = unreadable.get(bpSiteId) ?? { known: new Set<string>(), unnamed: 0 };
      unreadable.set(bpSiteId, counted);
      for (const { table, id } of rows) {
        if (id === null) counted.unnamed += 1;
        else counted.known.add(`${table} ${id}`);
      }
    },
    all: () => [
      ...(notices?.values() ?? []),
      ...[...(unreadable ?? [])].map(([bpSiteId, { known, unnamed }]) =>
        unreadableNotice(bpSiteId, known.size + unnamed),
      ),
    ],
  };
}

function unreadableNotice(bpSiteId: string, count: number): Notice {
  const records = count === 1 ? '1 record of the practice' : `${count} records of the practice`;
  return {
    code: 'ROW_UNREADABLE',
    message: `${records} could not be read and ${count === 1 ? 'is' : 'are'} left out. The practice should check its data.`,
    bpSiteId,
    count,
  };
}
