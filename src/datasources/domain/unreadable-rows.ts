/**
 * A single unreadable row never makes a read fail. It is left out. The caller gets a notice with the count, and the operator
 * a log line with the record ids. Both sources read all rows through this.
 */
import { HaloError, UpstreamFailed } from '../../errors.ts';

/** A record that could not be read. It holds nothing of the record's content. */
export interface UnreadableRow {
  /** The table, or the FHIR resource type. */
  readonly table: string;
  /** Null: the id could not be read either. */
  readonly id: string | null;
  /** What is wrong with it. */
  readonly reason: string;
}

export interface RecordName {
  readonly table: string;
  /** The unvalidated id cell. */
  readonly id: unknown;
}

/** Reports unreadable rows. The connection implements it with the operation's notices and log. */
export interface ReportsUnreadable {
  unreadable(rows: readonly UnreadableRow[]): void;
}

/** The unreadable rows of one response. */
export class UnreadableRows {
  readonly #found: UnreadableRow[] = [];
  #lost = 0;

  get all(): readonly UnreadableRow[] {
    return this.#found;
  }

  /** A row that is left out. */
  addRow(record: RecordName, error: unknown): void {
    this.#lost += 1;
    this.addPart(record, error);
  }

  /** A record within a row, such as the patient of an appointment. The row itself stays. */
  addPart({ table, id }: RecordName, error: unknown): void {
    this.#found.push({ table, id: idText(id), reason: reasonOf(error) });
  }

  /** Returns the result of `read`. When it throws, leaves out the row and returns undefined. */
  row<T>(record: RecordName, read: () => T): T | undefined {
    try {
      return read();
    } catch (error) {
      this.addRow(record, error);
      return undefined;
    }
  }

  /** Reports what was left out of `total` rows. Throws UpstreamFailed when it is more than half of them. */
  report(connection: ReportsUnreadable, total: number): void {
    if (this.#found.length === 0) return;
    if (this.#lost * 2 > total) {
      throw new UpstreamFailed(200, {
        detail: `${this.#lost} of ${total} rows are unreadable; the first: ${this.#found[0]?.reason}`,
      });
    }
    connection.unreadable(this.#found);
  }
}

/** Reads every row. Leaves out unreadable ones. Throws UpstreamFailed when they are more than half. */
export function readRows<Row, T>(
  connection: ReportsUnreadable,
  rows: readonly Row[],
  nameOf: (row: Row) => RecordName,
  read: (row: Row, unreadable: UnreadableRows) => T,
): T[] {
  const unreadable = new UnreadableRows();
  const values: T[] = [];
  for (const row of rows) {
    try {
      values.push(read(row, unreadable));
    } catch (error) {
      unreadable.addRow(nameOf(row), error);
    }
  }
  unreadable.report(connection, rows.length);
  return values;
}

/** Ids are numbers or FHIR ids. Any other text in an id column could be patient data and is not logged. */
function idText(id: unknown): string | null {
  if (Number.isSafeInteger(id)) return String(id);
  return typeof id === 'string' && /^[A-Za-z0-9.-]{1,64}$/.test(id) ? id : null;
}

/** The message of a foreign error can repeat the value, so only its name is kept. */
function reasonOf(error: unknown): string {
  if (error instanceof HaloError) return error.detail ?? error.message;
  return error instanceof Error ? error.name : 'unknown';
}
