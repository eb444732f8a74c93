/** Bookings, moves and cancellations in the lists of a book that Graphcache holds. */
import type { Cache, FieldInfo, KeyGenerator, UpdateResolver } from '@urql/exchange-graphcache';
import { type BookChange, bookChange, drops, type Listed, placeIn } from './book-lists.ts';

type Key = string;

/** An edge is kept by its appointment, so that that of a payload can be put into a list. */
export const keyOfEdge: KeyGenerator = ({ node }) => (node as { readonly id?: string } | null)?.id ?? null;

/** For `updates.Mutation` of Graphcache. */
export function updateBook(...[result, , cache, { fieldName }]: Parameters<UpdateResolver>): void {
  const change = bookChange(result[fieldName]);
  const practice = change && cache.keyOfEntity({ __typename: 'Practice', ...change.practice });
  if (!practice) return;
  const edge = cache.keyOfEntity({ __typename: 'AppointmentEdge', node: { id: change.id } } as never);
  const pages = cache.inspectFields(practice).filter((field) => field.fieldName === 'appointmentsConnection');
  for (const page of pages) dropFrom(cache, practice, page, change);
  for (const page of pages) {
    if (edge && change.edge && !page.arguments?.after)
      insertInto(cache, practice, page, pages, edge, change.edge.node);
  }
}

function dropFrom(cache: Cache, practice: Key, page: FieldInfo, change: BookChange): void {
  const { connection, edges } = pageOf(cache, practice, page);
  if (!connection || !drops(page.arguments ?? {}, change)) return;
  const others = edges.filter((edge) => rowOf(cache, edge).id !== change.id);
  if (others.length < edges.length) cache.link(connection, 'edges', others);
}

/** Into the page where it belongs; a page that is not loaded yet will have it. */
function insertInto(
  cache: Cache,
  practice: Key,
  first: FieldInfo,
  pages: readonly FieldInfo[],
  edge: Key,
  appointment: Listed,
): void {
  for (let page: FieldInfo | undefined = first; page; ) {
    const { connection, edges, hasNextPage, endCursor } = pageOf(cache, practice, page);
    const at = placeIn(
      page.arguments ?? {},
      { rows: edges.map((each) => rowOf(cache, each)), hasNextPage },
      appointment,
    );
    if (connection && at !== undefined) {
      cache.link(connection, 'edges', [...edges.slice(0, at), edge, ...edges.slice(at)]);
      return;
    }
    page = pages.find(
      (each) => endCursor !== null && each.arguments?.after === endCursor && isSameList(each, first),
    );
  }
}

function pageOf(cache: Cache, practice: Key, { fieldKey }: FieldInfo) {
  const connection = cache.resolve(practice, fieldKey) as Key | null | undefined;
  const edges = connection ? (cache.resolve(connection, 'edges') as readonly Key[] | undefined) : undefined;
  const pageInfo = connection ? (cache.resolve(connection, 'pageInfo') as Key | undefined) : undefined;
  const read = (field: string) => (pageInfo ? cache.resolve(pageInfo, field) : undefined);
  return {
    // A list without selected edges stays unchanged.
    connection: edges ? connection : undefined,
    edges: edges ?? [],
    hasNextPage: read('hasNextPage') === true,
    endCursor: (read('endCursor') ?? null) as string | null,
  };
}

function rowOf(cache: Cache, edge: Key): Listed {
  const node = cache.resolve(edge, 'node') as Key;
  return { id: String(cache.resolve(node, 'id')), start: String(cache.resolve(node, 'start')) };
}

function isSameList({ arguments: one }: FieldInfo, { arguments: other }: FieldInfo): boolean {
  const names = Object.keys({ ...one, ...other }).filter((name) => name !== 'first' && name !== 'after');
  return names.every((name) => (one?.[name] ?? null) === (other?.[name] ?? null));
}
