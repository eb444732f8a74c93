import { mergeSelections, selectionKey } from '../../domain/merge-selections.ts';
import type { Selection } from '../../domain/selection.ts';
import type { User } from '../../domain/user.ts';
import type { UserQuery, UsersFound } from '../../domain/user-query.ts';
import type { PracticeData } from '../port.ts';
import { groupedLoader } from './grouped-loader.ts';

type Book = NonNullable<UserQuery['appointments']>;

/** A user by id, with the appointments to load for the user. */
export interface WantedUserWithBook {
  readonly id: string;
  readonly fields: Selection;
  readonly book: Book;
}

export interface UserWithBook extends UsersFound {
  readonly user: User | null;
}

/** Users with their appointments, by id. Keys with the same part of the book share one call. */
export function usersWithBookLoader(data: PracticeData, countBatched: (saved: number) => void) {
  const partOfBook = ({ book: { fields: _, ...filters } }: WantedUserWithBook) => JSON.stringify(filters);
  return groupedLoader<WantedUserWithBook, UserWithBook>({
    cacheKey: (key) =>
      [key.id, partOfBook(key), selectionKey(key.fields), selectionKey(key.book.fields)].join(' '),
    groupKey: partOfBook,
    read: async (keys) => {
      const [first] = keys;
      if (!first) return () => ({ user: null, users: [] });
      const found = await data.users({
        ids: [...new Set(keys.map(({ id }) => id))],
        fields: mergeSelections(keys.map(({ fields }) => fields)),
        appointments: { ...first.book, fields: mergeSelections(keys.map(({ book }) => book.fields)) },
      });
      return ({ id }) => ({ ...found, user: found.users.find(({ pmsId }) => pmsId === id) ?? null });
    },
    countBatched,
  });
}
