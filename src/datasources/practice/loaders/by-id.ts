import { mergeSelections, selectionKey } from '../../domain/merge-selections.ts';
import type { Selection } from '../../domain/selection.ts';
import { groupedLoader } from './grouped-loader.ts';

/** A record by its PMS id, with the fields that will be read. */
export interface WantedById {
  readonly id: string;
  readonly fields: Selection;
}

/** Records by id: one call for all ids of a batch, with the fields of all of them. Null: no such record. */
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
