import { rowsByOwner } from '../../../lib/rows-by-owner.ts';
import type { SlotQuery, SlotSearch } from '../../domain/slot.ts';
import type { PracticeData } from '../port.ts';
import { groupedLoader } from './grouped-loader.ts';

export interface WantedSlots {
  readonly userId: string;
  readonly question: Omit<SlotQuery, 'userIds'>;
}

/** Free slots by user. All users with the same query share one search, which gives the reason for each user without slots. */
export function slotsOfLoader(data: PracticeData, countBatched: (saved: number) => void) {
  const questionKey = ({ question }: WantedSlots) => JSON.stringify(question);
  return groupedLoader<WantedSlots, SlotSearch>({
    cacheKey: (key) => `${key.userId} ${questionKey(key)}`,
    groupKey: questionKey,
    read: async (keys) => {
      const [first] = keys;
      const userIds = [...new Set(keys.map((key) => key.userId))];
      if (!first) return () => ({ slots: [], emptyBecause: null, complete: false });
      const search = await data.availableSlots({ ...first.question, userIds });
      if (userIds.length === 1) return () => search;
      const byUser = rowsByOwner(search.slots, (slot) => slot.userId);
      return ({ userId }) => ({
        slots: byUser.get(userId) ?? [],
        emptyBecause:
          search.emptyByUser?.get(userId) ?? (search.emptyByUser && !byUser.has(userId) ? 'NO_MATCH' : null),
        complete: search.complete,
      });
    },
    countBatched,
  });
}
