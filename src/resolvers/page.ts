import type { Page } from './entities.ts';

/**
 * A page out of `first` + 1 rows: the one too many tells that there is more.
 * `nodeOf` and `cursorOf` are called for the rows of the page only.
 */
export function pageOf<Row, Node>(
  rows: readonly Row[],
  options: {
    readonly first: number;
    readonly continued: boolean;
    readonly nodeOf: (row: Row) => Node;
    readonly cursorOf: (row: Row) => string;
  },
): Page<Node> {
  const edges = rows
    .slice(0, options.first)
    .map((row) => ({ cursor: options.cursorOf(row), node: options.nodeOf(row) }));
  return {
    edges,
    pageInfo: {
      hasNextPage: rows.length > options.first,
      hasPreviousPage: options.continued,
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
  };
}
