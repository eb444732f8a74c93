/** The rows of a statement that reads the data for free times. */
import type { Cells, SqlRow } from '../../engine/row-decoder.ts';
import { UpstreamFailed } from '../../errors.ts';
import type { TimeZone } from '../../time/types.ts';
import type { SlotQuery, SlotSearch } from '../domain/slot.ts';
import {
  type Absence,
  type ExtraSession,
  freeSlots,
  type ReservedTime,
  type TakenTime,
} from '../domain/slots/free-slots.ts';
import type { RosterSession } from '../domain/slots/roster.ts';
import { type RecordName, readRows } from '../domain/unreadable-rows.ts';
import type { PracticeConnection } from '../halo-cloud/practice-connection.ts';
import { lastOfAbsence } from './codes.ts';
import { columns, kinds, read, rosterAliases, tableOfKind } from './roster-columns.ts';
import type { Reader } from './row.ts';

/** The cells of a row that also has other columns than those of the branches. */
export function rosterCells(row: SqlRow): Cells {
  const cells = columns.cellsOf(row);
  if (!cells.includes(undefined)) return cells;
  // A serialiser may omit NULL. A missing column is NULL only when the row has no other columns than these.
  const own = rosterAliases.filter((alias) => alias in row).map((alias) => [alias, row[alias]]);
  return columns.cellsOf(Object.fromEntries(own));
}

/** The rows of the branches, as input for `freeSlots`. */
export class RosterRows {
  readonly #connection: PracticeConnection;
  readonly #userIds: number[] = [];
  readonly #sessions: RosterSession[] = [];
  readonly #extraSessions: ExtraSession[] = [];
  readonly #absences: Absence[] = [];
  readonly #reserved: ReservedTime[] = [];
  #complete = true;
  /** Taken times, each with its record id and whether it is an appointment. */
  readonly taken: (TakenTime & {
    readonly id: string;
    readonly locationId: string;
    readonly isAppointment: boolean;
  })[] = [];
  /** Zones of the current locations, by id. */
  readonly zones = new Map<string, TimeZone>();

  constructor(connection: PracticeConnection) {
    this.#connection = connection;
  }

  read(rows: readonly Cells[]): void {
    const readable = readRows(this.#connection, rows, nameOf, (row) => this.#take(row));
    this.#complete &&= readable.length === rows.length;
  }

  search(query: SlotQuery, wanted?: readonly string[]): SlotSearch {
    const userIds = this.#userIds.sort((a, b) => a - b).map(String);
    const search = freeSlots(
      {
        userIds: wanted ? userIds.filter((id) => wanted.includes(id)) : userIds,
        sessions: this.#sessions,
        extraSessions: this.#extraSessions,
        absences: this.#absences,
        taken: this.taken,
        reserved: this.#reserved,
        zones: this.zones,
      },
      {
        from: query.from,
        to: query.to,
        ...(query.locationId === undefined ? {} : { locationId: query.locationId }),
        ...(query.durationMinutes === undefined ? {} : { durationMinutes: query.durationMinutes }),
        now: this.#connection.now(),
      },
    );
    return this.#complete ? search : { ...search, complete: false };
  }

  #take(row: Cells): unknown {
    switch (read.kind(row)) {
      case kinds.none:
        return null;
      case kinds.session:
        return this.#sessions.push(sessionOf(row));
      case kinds.user:
        return this.#userIds.push(read.userId(row));
      case kinds.location:
        return this.zones.set(locationIdOf(row), this.#connection.zoneOf(read.postcode(row)));
      case kinds.extra:
        return this.#extraSessions.push(extraSessionOf(row));
      case kinds.away:
        return this.#absences.push(absenceOf(row));
      case kinds.taken:
        return this.taken.push(takenOf(row));
      case kinds.reserved:
        return this.#reserved.push(reservedOf(row));
      default:
        throw new UpstreamFailed(200, { detail: 'SQL Passthrough: a row of an unknown kind.' });
    }
  }
}

const nameOf: Reader<RecordName> = (row) => ({
  table: tableOfKind[Number(read.recordKind(row))] ?? 'unknown',
  id: read.recordId(row),
});

const userIdOf: Reader<string> = (row) => String(read.userId(row));
const locationIdOf: Reader<string> = (row) => String(read.locationId(row));

function sessionOf(row: Cells): RosterSession {
  return {
    userId: userIdOf(row),
    locationId: locationIdOf(row),
    weekday: read.weekday(row),
    start: read.opensAt(row),
    end: read.closesAt(row),
    length: read.length(row),
    validFrom: read.firstDay(row),
    validTo: read.lastDay(row),
    weeks: read.weeks(row),
    cycleWeek: read.cycleWeek(row),
    cycleDate: read.cycleDay(row),
  };
}

function extraSessionOf(row: Cells): ExtraSession {
  return {
    userId: userIdOf(row),
    locationId: locationIdOf(row),
    date: read.date(row),
    start: read.opensAt(row),
    end: read.closesAt(row),
    length: read.length(row),
  };
}

function absenceOf(row: Cells): Absence {
  const from = read.date(row);
  return { userId: userIdOf(row), from, to: lastOfAbsence(from, read.lastDay(row)) };
}

function reservedOf(row: Cells): ReservedTime {
  return { userId: userIdOf(row), weekday: read.weekday(row), start: read.startsAt(row) };
}

function takenOf(row: Cells): RosterRows['taken'][number] {
  return {
    id: String(read.recordId(row)),
    locationId: locationIdOf(row),
    isAppointment: read.weekday(row) === 1,
    userId: userIdOf(row),
    date: read.date(row),
    start: read.startsAt(row),
    length: read.length(row),
  };
}
