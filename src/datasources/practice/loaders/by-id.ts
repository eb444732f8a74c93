import { mergeSelections, selectionKey } from '../../domain/merge-selections.ts';
import type { Selection } from '../../domain/selection.ts';
import { groupedLoader } from './grouped-loader.ts';

/** One thing by its PMS id, with the fields that will be read of it. */
export interface WantedById {
  readonly id: string;
  readonly fields: Selection;
}

/** Things by id: one call for all that are wanted at the same time, with the fields of all of them. Null: no such. */
export function byIdLoader<T extends { readonly pmsId: string }>(
  read: (ids: readonly string[], fields: Selection) => Promise<readonly T[]>,
  countBatched: (saved: number) => void,
) {
  return groupedLoader<WantedById, T | null>({
    cacheKey: ({ id, fields }) => `${id} ${selectionKey(fields)}`,
    groupKey: () => '',
    read: async (keys) => {
      const ids = [...new Set(keys.map((key) => key.id))];
      const found = await read(ids, mergeSelections(keys.map((key) => key.fields)));
      const byId = new Map(found.map((thing) => [thing.pmsId, thing]));
      return ({ id }) => byId.get(id) ?? null;
    },
    countBatched,
  });
}
