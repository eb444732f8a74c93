import type { UnreadableRow } from '../../domain/unreadable-rows.ts';
import type { Notice } from '../halo-session.ts';

/** What one operation says unasked, each thing once. */
export interface Notices {
  add(notice: Notice): void;
  /** Counts each record of a practice once, however many fields of the operation met it. */
  addUnreadable(bpSiteId: string, rows: readonly UnreadableRow[]): void;
  all(): readonly Notice[];
}

export function createNotices(): Notices {
  const said = new Map<string, Notice>();
  const unreadable = new Map<string, { readonly known: Set<string>; unnamed: number }>();
  return {
    add(notice) {
      const key = `${notice.code} ${notice.bpSiteId} ${notice.previousHaloGuid ?? ''}`;
      if (!said.has(key)) said.set(key, notice);
    },
    addUnreadable(bpSiteId, rows) {
      const counted = unreadable.get(bpSiteId) ?? { known: new Set<string>(), unnamed: 0 };
      unreadable.set(bpSiteId, counted);
      for (const { table, id } of rows) {
        if (id === null) counted.unnamed += 1;
        else counted.known.add(`${table} ${id}`);
      }
    },
    all: () => [
      ...said.values(),
      ...[...unreadable].map(([bpSiteId, { known, unnamed }]) =>
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
