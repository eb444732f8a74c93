/** T-SQL texts and their parameters. A text never holds a value of a caller. */
import { addDays, lastDate } from '../../time/local.ts';
import type { LocalDate } from '../../time/types.ts';
import type {
  SelectStatement,
  SqlParameter,
  SqlStatement,
  SqlType,
} from '../halo-cloud/practice-connection.ts';

/** The parameters of a statement. Each method adds a parameter and returns its text in the statement. */
export class Parameters {
  readonly #all: SqlParameter[] = [];

  /** `@name0,@name1,@limit` */
  get names(): string {
    return this.#all.map(({ name }) => name).join();
  }

  int(name: string, value: number | string): string {
    return this.#add(name, 'Int', String(value));
  }

  /**
   * A VarChar like the columns, because an `nvarchar` value cannot use an index on a `varchar` column.
   * @param minSize the size to declare for shorter values, so that they share a plan with longer ones
   */
  text(name: string, value: string | null, minSize = 0): string {
    return this.#add(name, 'VarChar', value, stepFrom(Math.max(value?.length ?? 0, minSize), textSizes));
  }

  /** Numbered: `@user0, @user1`, for use in `IN (…)`. */
  ints(name: string, values: readonly string[]): string {
    return padded(values)
      .map((value, index) => this.int(`${name}${index}`, value))
      .join(', ');
  }

  texts(name: string, values: readonly string[]): string {
    return padded(values)
      .map((value, index) => this.text(`${name}${index}`, value))
      .join(', ');
  }

  /** Limits the date to the range of SQL Server's `datetime`, so that a date outside finds nothing and does not fail. */
  date(name: string, value: LocalDate): string {
    const held = value < firstDate ? firstDate : value > lastDate ? lastDate : value;
    return this.#add(name, 'Date', held);
  }

  /**
   * The day after, for `<`, which includes every time of the last day in a `datetime` column. The last day of the calendar
   * has no day after it, so `<` excludes it.
   */
  dayAfter(name: string, value: LocalDate): string {
    return this.date(name, value < firstDate ? firstDate : addDays(value, 1));
  }

  /** A statement that calls this procedure. */
  call(text: string, procedure: string): SqlStatement {
    return { text, parameters: this.#all, procedure };
  }

  /** `columns` are the aliases of the select list in order. They are optional. */
  statement(text: string, columns: readonly string[]): SelectStatement;
  statement(text: string): SqlStatement;
  statement(text: string, columns?: readonly string[]): SqlStatement {
    return columns ? { text, parameters: this.#all, columns } : { text, parameters: this.#all };
  }

  #add(name: string, type: SqlType, value: string | null, size?: number): string {
    this.#all.push({ name: `@${name}`, type, value, ...(size === undefined ? {} : { size }) });
    return `@${name}`;
  }
}

/** Declared sizes. Without them the length of the value would be the size, and SQL Server would make a plan for each. */
const textSizes = [10, 50, 250, 1_000, 4_000, 8_000];

/** Lengths of lists: few, because SQL Server makes a plan for each text. Three lists of 600 or two of 900 fit a statement. */
const listLengths = [1, 2, 5, 10, 20, 50, 100, 200, 500, 600, 900, 1_000];

/**
 * Pads a list to the next length by repeating its last value. This does not change the meaning of `IN (…)` or of
 * `AND`.
 */
export function padded<T>(values: readonly T[]): readonly T[] {
  const last = values.at(-1);
  if (last === undefined) return values;
  return [...values, ...Array<T>(stepFrom(values.length, listLengths) - values.length).fill(last)];
}

function stepFrom(length: number, steps: readonly number[]): number {
  return steps.find((step) => step >= length) ?? length;
}

/** The first day that SQL Server's `datetime` can hold. */
export const firstDate = '1753-01-01';

/** Lines of a statement, without the absent ones. */
export function lines(...parts: readonly (string | null | undefined)[]): string {
  return parts.filter((part) => part).join('\n');
}

export function where(conditions: readonly (string | null | undefined)[]): string {
  return `WHERE ${conditions.filter((condition) => condition).join(' AND ')}`;
}

/** Escapes the wildcards in a LIKE pattern. */
const escapeCharacter = '!';

/** A LIKE pattern for values that begin with exactly this text. Put `likeEscape` after it. */
export function beginningWith(text: string): string {
  return `${text.replace(/[!%_[]/g, (character) => escapeCharacter + character)}%`;
}

export const likeEscape = `ESCAPE '${escapeCharacter}'`;

const largestInt = 2_147_483_647;

/** Whether a row can have this id: a positive SQL Server INT. In Bp, 0 means none. */
export function isRowId(id: string): boolean {
  return /^[1-9]\d{0,9}$/.test(id) && Number(id) <= largestInt;
}

/** The possible ids among these, each once. Others exist nowhere and are not sent. */
export function possibleIds(ids: readonly string[]): readonly string[] {
  return [...new Set(ids)].filter(isRowId);
}

/** The maximum number of ids in a statement. SQL Server accepts 2,098 parameters. */
export const idsPerStatement = 1_000;

const chunkSize = (listsInStatement: number): number =>
  Math.min(idsPerStatement, Math.floor(1_800 / listsInStatement));

/** The number of statements for these lists. One without lists. */
export function statementsFor(lists: readonly ({ readonly length: number } | undefined)[]): number {
  const given = lists.filter((list) => list !== undefined);
  const size = chunkSize(given.length);
  return given.reduce((statements, { length }) => statements * Math.max(1, Math.ceil(length / size)), 1);
}

/** Splits a list into chunks that fit a statement with that number of lists. */
export function chunksOf(ids: readonly string[], listsInStatement: number): readonly (readonly string[])[] {
  const size = chunkSize(listsInStatement);
  const chunks: (readonly string[])[] = [];
  for (let start = 0; start < ids.length; start += size) chunks.push(ids.slice(start, start + size));
  return chunks;
}
