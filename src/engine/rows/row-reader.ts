import type { RecordName, UnreadableRows } from '../../datasources/domain/unreadable-rows.ts';
import type { Cells } from './cells.ts';

/** Makes something of each row. */
export interface RowReader<T> {
  /**
   * `cells` are of the statement's columns, and good until this returns. A row may be read more than once. A row for which
   * this throws is left out; `unreadable` takes what the row brings along and can do without.
   */
  read(cells: Cells, unreadable: UnreadableRows): T;
  /** Which record a row is. Called for unreadable rows only. */
  nameOf(cells: Cells): RecordName;
  /** Whether another, who has read the same rows, has made of them what this one would. @default never */
  agreesWith?(other: RowReader<unknown>): boolean;
}
