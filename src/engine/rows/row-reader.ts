import type { RecordName, UnreadableRows } from '../../datasources/domain/unreadable-rows.ts';
import type { Cells } from './cells.ts';

/** Converts rows to values. */
export interface RowReader<T> {
  /**
   * Converts a row. `cells` has the statement's columns and is reused after this call. A row may be converted more than once.
   * If this throws, the row is left out. `unreadable` collects joined records that cannot be read: the row is kept without them.
   */
  read(cells: Cells, unreadable: UnreadableRows): T;
  /** The record of a row. Called for unreadable rows only. */
  nameOf(cells: Cells): RecordName;
  /** Whether another reader converts the same rows to the same values. @default never */
  agreesWith?(other: RowReader<unknown>): boolean;
}
