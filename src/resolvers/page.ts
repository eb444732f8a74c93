import type { Page } from './entities.ts';

/**
 * A page out of `first` + 1 rows: the one too many tells that there is more.
 * `nodeOf` and `cursorOf` are called for the rows of the page only, and not before somebody reads them.
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
  const { first, continued, nodeOf, cursorOf } = options;
  const start = rows[0];
  const end = rows[Math.min(first, rows.length) - 1];
  let nodes: readonly Node[] | undefined;
  let edges: Page<Node>['edges'] | undefined;
  return {
    get nodes() {
      nodes ??= (rows.length > first ? rows.slice(0, first) : rows).map(nodeOf);
      return nodes;
    },
    get edges() {
      edges ??= this.nodes.map((node, index) => ({
        get cursor() {
          return cursorOf(rows[index] as Row);
        },
        node,
      }));
      return edges;
    },
    get pageInfo() {
      return {
        hasNextPage: rows.length > first,
        hasPreviousPage: continued,
        startCursor: start !== undefined && end !== undefined ? cursorOf(start) : null,
        endCursor: end === undefined ? null : cursorOf(end),
      };
    },
  };
}
