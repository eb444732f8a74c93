import { rowsByOwner } from '../../../lib/rows-by-owner.ts';
import { groupedLoader } from './grouped-loader.ts';

/** The rows of one owner, with a query that several owners may share. */
export interface WantedRows<Question> {
  readonly ownerId: string;
  readonly question: Question;
}

/** Lists by owner. Owners with the same query share one call. Each list keeps the order of the source. */
export function rowsOfLoader<Question, Row>(options: {
  readonly read: (ownerIds: readonly string[], question: Question) => Promise<readonly Row[]>;
  readonly ownerOf: (row: Row) => string | null;
  readonly countBatched: (saved: number) => void;
}) {
  const questionKey = ({ question }: WantedRows<Question>) => JSON.stringify(question) ?? '';
  return groupedLoader<WantedRows<Question>, readonly Row[]>({
    cacheKey: (key) => `${key.ownerId} ${questionKey(key)}`,
    groupKey: questionKey,
    read: async (keys) => {
      const [first] = keys;
      const ids = [...new Set(keys.map((key) => key.ownerId))];
      const rows = first ? await options.read(ids, first.question) : [];
      const byOwner = rowsByOwner(rows, options.ownerOf);
      return ({ ownerId }) => byOwner.get(ownerId) ?? [];
    },
    countBatched: options.countBatched,
  });
}
