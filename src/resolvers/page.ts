import type { Page } from './entities.ts';

export interface PageOptions<Row, Node> {
  readonly first: number;
  readonly continued: boolean;
  readonly nodeOf: (row: Row) => Node;
  readonly cursorOf: (row: Row) => string;
}

/**
 * Makes a page from `first` + 1 rows: the additional row means that there is a next page. `nodeOf` and `cursorOf` are called
 * lazily, and only for the rows of the page.
 */
export function pageOf<Row, Node>(rows: readonly Row[], options: PageOptions<Row, Node>): Page<Node> {
  return new PageOfRows(rows, options);
}

/**
 * A class, because of its accessors: accessors of an object literal create a hidden class for each object. That class, and
 * everything in the accessor's closure, lives until the next major garbage collection.
 */
class PageOfRows<Row, Node> implements Page<Node> {
  readonly #rows: readonly Row[];
  readonly #options: PageOptions<Row, Node>;
  #nodes: readonly Node[] | undefined;
  #edges: Page<Node>['edges'] | undefined;

  constructor(rows: readonly Row[], options: PageOptions<Row, Node>) {
    this.#rows = rows;
    this.#options = options;
  }

  get nodes(): readonly Node[] {
    const { first, nodeOf } = this.#options;
    this.#nodes ??= (this.#rows.length > first ? this.#rows.slice(0, first) : this.#rows).map(nodeOf);
    return this.#nodes;
  }

  get edges(): Page<Node>['edges'] {
    this.#edges ??= this.nodes.map(
      (node, index) => new EdgeOfRow(node, this.#rows[index] as Row, this.#options.cursorOf),
    );
    return this.#edges;
  }

  get pageInfo(): Page<Node>['pageInfo'] {
    const { first, continued, cursorOf } = this.#options;
    const start = this.#rows[0];
    const end = this.#rows[Math.min(first, this.#rows.length) - 1];
    return {
      hasNextPage: this.#rows.length > first,
      hasPreviousPage: continued,
      startCursor: start !== undefined && end !== undefined ? cursorOf(start) : null,
      endCursor: end === undefined ? null : cursorOf(end),
    };
  }
}

class EdgeOfRow<Row, Node> {
  readonly node: Node;
  readonly #row: Row;
  readonly #cursorOf: (row: Row) => string;

  constructor(node: Node, row: Row, cursorOf: (row: Row) => string) {
    this.node = node;
    this.#row = row;
    this.#cursorOf = cursorOf;
  }

  get cursor(): string {
    return this.#cursorOf(this.#row);
  }
}
