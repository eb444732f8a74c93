import type { Notice } from '../halo-session.ts';

/** What one operation says unasked, each thing once. */
export interface Notices {
  add(notice: Notice): void;
  all(): readonly Notice[];
}

export function createNotices(): Notices {
  const said = new Map<string, Notice>();
  return {
    add(notice) {
      const key = `${notice.code} ${notice.bpSiteId} ${notice.previousHaloGuid ?? ''}`;
      if (!said.has(key)) said.set(key, notice);
    },
    all: () => [...said.values()],
  };
}
