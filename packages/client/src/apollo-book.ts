/** Bookings, moves and cancellations in the lists of a book that Apollo's cache holds. */
import type { ApolloCache, Reference } from '@apollo/client';
import { bookChange, drops, placeIn } from './book-lists.ts';

interface StoredList {
  readonly edges?: readonly { readonly cursor: string; readonly node: Reference }[];
  readonly pageInfo?: { readonly hasNextPage?: boolean };
}

/**
 * For `useMutation(…, { update: updateBook })`: a booking, a move or a cancellation changes the
 * `appointmentsConnection` lists of its practice in the cache, without another request. The operation must select the
 * `edge`, or `cancelledAppointmentId` and `appointment`, with `practice { id }`, as `BookIntoList`, `MoveInList` and
 * `CancelInList` do.
 */
export function updateBook(cache: ApolloCache, { data }: { readonly data?: object | null }): void {
  for (const payload of Object.values(data ?? {})) {
    const change = bookChange(payload);
    const id = change && cache.identify({ __typename: 'Practice', ...change.practice });
    if (!change || id === undefined) continue;
    cache.modify<Record<string, StoredList>>({
      id,
      fields: {
        appointmentsConnection(stored, { storeFieldName, readField, toReference }) {
          const list = stored as StoredList;
          if (!list?.edges) return stored;
          const args = JSON.parse(/^[^:]+:(.*)$/.exec(storeFieldName)?.[1] ?? '{}');
          const edges = list.edges.filter(
            ({ node }) => readField('id', node) !== change.id || !drops(args, change),
          );
          if (change.edge && edges.every(({ node }) => readField('id', node) !== change.id)) {
            const rows = edges.map(({ node }) => ({ id: '', start: String(readField('start', node)) }));
            const page = { rows, hasNextPage: list.pageInfo?.hasNextPage ?? false };
            const at = placeIn(args, page, change.edge.node);
            const node = toReference({ __typename: 'Appointment', id: change.id });
            if (at !== undefined && node) {
              edges.splice(at, 0, { ...list.edges[0], cursor: change.edge.cursor, node });
            }
          }
          return { ...list, edges };
        },
      },
    });
  }
}
