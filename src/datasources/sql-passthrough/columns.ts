/** Which columns, and which joins for them, a selection of GraphQL fields needs. */
import type { Selection } from '../practice-data.ts';

export interface Column {
  readonly alias: string;
  /** With its table's alias: `p.FIRSTNAME`. */
  readonly sql: string;
  /** The join that brings its table, when the noun's own table is not enough. */
  readonly join?: string;
}

/** For each GraphQL field of a noun, what it is read from. Fields that are not listed need no column. */
export type FieldColumns = Readonly<Record<string, readonly Column[]>>;

/** By prefix, then by alias: they are made once, not for each column of each row. Both come from this folder's own lists. */
const prefixed = new Map<string, Map<string, string>>();

/** `aliasOf('patient', 'firstName')` is `patientFirstName`. */
export function aliasOf(prefix: string, alias: string): string {
  return prefix === '' ? alias : (prefixed.get(prefix)?.get(alias) ?? makeAlias(prefix, alias));
}

function makeAlias(prefix: string, alias: string): string {
  const made = `${prefix}${alias.charAt(0).toUpperCase()}${alias.slice(1)}`;
  const ofPrefix = prefixed.get(prefix) ?? new Map<string, string>();
  prefixed.set(prefix, ofPrefix.set(alias, made));
  return made;
}

/** The select list of a statement as it grows, and the joins that it needs in the order they were asked for. */
export class SelectList {
  readonly #columns = new Map<string, string>();
  readonly #joins = new Set<string>();

  /** Aliases, for reading the rows. */
  get aliases(): ReadonlySet<string> {
    return new Set(this.#columns.keys());
  }

  add(columns: readonly Column[], prefix = ''): this {
    for (const { alias, sql, join } of columns) {
      this.#columns.set(aliasOf(prefix, alias), sql);
      if (join) this.#joins.add(join);
    }
    return this;
  }

  addFields(fields: FieldColumns, selection: Selection, prefix = ''): this {
    for (const [field, columns] of Object.entries(fields)) {
      if (Object.hasOwn(selection, field)) this.add(columns, prefix);
    }
    return this;
  }

  join(text: string): this {
    this.#joins.add(text);
    return this;
  }

  /** The columns of another list too; its joins stay its own. */
  include(other: SelectList): this {
    for (const [alias, sql] of other.#columns) this.#columns.set(alias, sql);
    return this;
  }

  get text(): string {
    return [...this.#columns].map(([alias, sql]) => `${sql} AS ${alias}`).join(', ');
  }

  get joins(): string {
    return [...this.#joins].join('\n');
  }
}
