/** T-SQL texts and their parameters. No value of a caller ever stands in a text. */
import { addDays, lastDate } from '../../time/local.ts';
import type { LocalDate } from '../../time/types.ts';
import type {
  SelectStatement,
  SqlParameter,
  SqlStatement,
  SqlType,
} from '../halo-cloud/practice-connection.ts';

/** What a statement's parameters are called and hold. Each method returns the text that stands for the value. */
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
   * Of the columns' own kind: an index on a `varchar` column is of no use to an `nvarchar` value.
   * @param minSize declared for shorter values too, so that they share a plan with longer ones
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

  /** Moved into what SQL Server's `datetime` can hold, so that a far-off date finds nothing instead of failing. */
  date(name: string, value: LocalDate): string {
    const held = value < firstDate ? firstDate : value > lastDate ? lastDate : value;
    return this.#add(name, 'Date', held);
  }

  /**
   * The day after, for `<`: whole days compare well with `datetime` columns, whatever time of day these hold. There is none
   * after the last day of the calendar, which `<` leaves out.
   */
  dayAfter(name: string, value: LocalDate): string {
    return this.date(name, value < firstDate ? firstDate : addDays(value, 1));
  }

  /** A text that calls this procedure. */
  call(text: string, procedure: string): SqlStatement {
    return { text, parameters: this.#all, procedure };
  }

  /** `columns` are the aliases of the select list in order, where it is worth knowing them. */
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

/** A parameter without a size is declared by the length of its value, and SQL Server makes a plan for each length. */
const textSizes = [10, 50, 250, 1_000, 4_000, 8_000];

/** How long lists are: SQL Server makes a plan for each text. With 600 and 900, three and two lists still fit a statement. */
const listLengths = [1, 2, 5, 10, 20, 50, 100, 200, 500, 600, 900, 1_000];

/** A list filled up to the next of a few lengths with its last value, which changes nothing in `IN (…)` or in `AND`. */
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

/** Stands before each character of a pattern that LIKE would read as more than itself. */
const escapeCharacter = '!';

/** For `LIKE`, followed by `likeEscape`: what begins with exactly this text. */
export function beginningWith(text: string): string {
  return `${text.replace(/[!%_[]/g, (character) => escapeCharacter + character)}%`;
}

export const likeEscape = `ESCAPE '${escapeCharacter}'`;

const largestInt = 2_147_483_647;

/** Whether a row can have this id: they are positive SQL Server INTs. 0 is Bp's "nobody". */
export function isRowId(id: string): boolean {
  return /^[1-9]\d{0,9}$/.test(id) && Number(id) <= largestInt;
}

/** The ids among these that a row can have, each once. Others exist nowhere and are not sent. */
export function possibleIds(ids: readonly string[]): readonly string[] {
  return [...new Set(ids)].filter(isRowId);
}

/** SQL Server takes 2,098 parameters in a statement. So many ids go into one; more are several statements. */
export const idsPerStatement = 1_000;

const chunkSize = (listsInStatement: number): number =>
  Math.min(idsPerStatement, Math.floor(1_800 / listsInStatement));

/** Into how many statements these lists are divided; one where there are none. */
export function statementsFor(lists: readonly ({ readonly length: number } | undefined)[]): number {
  const given = lists.filter((list) => list !== undefined);
  const size = chunkSize(given.length);
  return given.reduce((statements, { length }) => statements * Math.max(1, Math.ceil(length / size)), 1);
}

/** How long chunks of each list may be when so many lists stand in one statement. */
export function chunksOf(ids: readonly string[], listsInStatement: number): readonly (readonly string[])[] {
  const size = chunkSize(listsInStatement);
  const chunks: (readonly string[])[] = [];
  for (let start = 0; start < ids.length; start += size) chunks.push(ids.slice(start, start + size));
  return chunks;
}
