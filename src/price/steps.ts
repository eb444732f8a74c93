/**
 * What one question, or one change, is charged by the source that answers it, before anything is known. The figures are
 * upper bounds while Halo Cloud and the practice answer without faults.
 *
 * What nobody can know beforehand is assumed, and holds for every practice that anybody has heard of: a practice has at most
 * 500 users, 500 roles and 500 locations, and 500 appointments a day; a patient has at most 500 appointments, and 100 where
 * there are many patients; a user has at most 4 roles; a page of FHIR takes the 500 resources that it is asked for.
 */

import type { SourcePreference } from '../datasources/domain/pms.ts';
import type { Selection } from '../datasources/domain/selection.ts';
import type { PracticeWrites } from '../datasources/practice/write-port.ts';

// Rests on assumptions P1, P2 and P3.

/** How much of the appointment book is asked for. */
export interface BookPart {
  /** Appointments that are answered at most. */
  readonly rows: number;
  /** Pages of 500 that a FHIR server needs for all that match, answered or not. */
  readonly pages: number;
  readonly fields: Selection;
}

export type Step =
  | ({ readonly ask: 'appointments' } & BookPart)
  | { readonly ask: 'patients'; readonly ids: number; readonly after?: boolean }
  | { readonly ask: 'patientSearch'; readonly after: boolean }
  | { readonly ask: 'users'; readonly fields: Selection; readonly book?: BookPart }
  | { readonly ask: 'availableSlots'; readonly days: number }
  | { readonly ask: OneCall }
  | { readonly ask: 'locations' | 'clinicHours' | 'clinicHoursAnew' }
  | { readonly write: keyof PracticeWrites }
  /** What SQL asks for in one text, and FHIR one by one. */
  | { readonly atOnce: readonly Step[] }
  /** What a change has come to: SQL reads it back in the text that makes the change. */
  | { readonly readBack: Step }
  | { readonly sql: number }
  /** One of these ways, whichever costs more. */
  | { readonly either: readonly (readonly Step[])[] };

type OneCall = 'providerNumbers' | 'sessions' | 'daysAway' | 'appointmentTypes' | 'daysClosed';

/** Read once of a practice in an operation, however often it is asked for. */
export type Shared = 'locations' | 'weeks';

export interface Charges {
  readonly calls: number;
  readonly shared: readonly Shared[];
}

/** Users, roles, locations, appointments of a day, resources of a page, ids of a request. */
export const usualMost = 500;
/** Rows of a joined appointment, or of the narrow ones behind free slots, that may come to more than the 8 MB of a result. */
const manyRows = 3_000;
const manyNarrowRows = 20_000;
/** Above 2,000 matches a search is refused. */
const searchPages = 4;

const pagesOf = (resources: number): number => Math.max(1, Math.ceil(resources / usualMost));
/** A read whose result is too large is charged once more: it goes on as an async query. */
const statement = (rows: number, many = manyRows): number => (rows > many ? 2 : 1);
const only = (calls: number, ...shared: Shared[]): Charges => ({ calls, shared });

export function chargesOf(step: Step, source: SourcePreference): Charges {
  if ('either' in step) {
    const ways = step.either.map((steps) => sumOf(steps, source));
    return only(Math.max(...ways.map(({ calls }) => calls)), ...ways.flatMap(({ shared }) => shared));
  }
  if ('sql' in step) return only(step.sql);
  if ('atOnce' in step) return source === 'bp-premier' ? sumOf(step.atOnce, source) : only(1);
  if ('readBack' in step) return source === 'bp-premier' ? chargesOf(step.readBack, source) : only(0);
  if ('write' in step) return writes[step.write][source];
  return source === 'bp-premier' ? byFhir(step) : bySql(step, source);
}

export function sumOf(steps: readonly Step[], source: SourcePreference): Charges {
  const each = steps.map((step) => chargesOf(step, source));
  return only(
    each.reduce((sum, { calls }) => sum + calls, 0),
    ...each.flatMap(({ shared }) => shared),
  );
}

type Reading = Extract<Step, { readonly ask: unknown }>;

/**
 * One statement each. `auto` takes the Bp Premier API only where that is one charged call too; opening hours it asks for there
 * first, and in SQL as well where the API turns out not to record them.
 */
function bySql(step: Reading, source: 'auto' | 'sql-passthrough'): Charges {
  switch (step.ask) {
    case 'appointments':
      return only(statement(step.rows));
    case 'users':
      return only(statement(step.book?.rows ?? 0));
    case 'availableSlots':
      return only(statement(step.days * usualMost, manyNarrowRows));
    case 'locations':
      return only(0, 'locations');
    case 'clinicHours':
      return source === 'auto' ? only(0, 'locations', 'weeks') : only(0, 'weeks');
    case 'clinicHoursAnew':
      return only(source === 'auto' ? 2 : 1);
    default:
      return only(1);
  }
}

/** One search each and more for what is linked; the locations, which give the zone of every instant, once a practice. */
function byFhir(step: Reading): Charges {
  switch (step.ask) {
    case 'appointments':
      return only(step.pages + links(step), 'locations');
    case 'patients':
      return only(pagesOf(step.ids) + (step.after ? 1 : 0));
    case 'patientSearch':
      return only(searchPages + (step.after ? 1 : 0));
    case 'users': {
      const { fields, book } = step;
      const lists = readsRoles({ ...fields, ...book?.fields.user }) ? 2 : 1;
      if (!book) return only(lists);
      return only(lists + book.pages + links({ ...book, fields: without(book.fields, 'user') }), 'locations');
    }
    case 'availableSlots':
    case 'daysAway':
      return only(1, 'locations');
    case 'locations':
    case 'clinicHours':
      return only(0, 'locations');
    case 'clinicHoursAnew':
    case 'providerNumbers':
    case 'sessions':
      return only(1);
    case 'appointmentTypes':
    case 'daysClosed':
      // Not known to FHIR, and not asked.
      return only(0);
  }
}

function links({ rows, fields }: BookPart): number {
  return (fields.patient ? pagesOf(rows) : 0) + (fields.user ? (readsRoles(fields.user) ? 2 : 1) : 0);
}

function readsRoles(fields: Selection): boolean {
  return ['role', 'pmsRole', 'providerNumbers', 'location', 'locationId'].some((field) => field in fields);
}

function without(fields: Selection, name: string): Selection {
  const { [name]: _, ...others } = fields;
  return others;
}

/** FHIR reads what it is going to change. A practice without BP_AddAppointmentEx takes two texts to book. */
const writes: Readonly<Record<keyof PracticeWrites, Readonly<Record<SourcePreference, Charges>>>> = {
  bookAppointment: told({ bySql: only(2), byFhir: only(1, 'locations'), auto: 'sql' }),
  // Time that it gains is looked at.
  updateAppointment: told({ bySql: only(1), byFhir: only(2 + 1, 'locations'), auto: 'sql' }),
  moveAppointment: told({ bySql: only(1), byFhir: only(2, 'locations'), auto: 'sql' }),
  cancelAppointment: told({ bySql: only(1), byFhir: only(2), auto: 'sql' }),
  arriveAppointment: told({ bySql: only(1), byFhir: only(2), auto: 'sql' }),
  addPatient: told({ bySql: only(1), byFhir: only(1), auto: 'sql' }),
  updatePatient: told({ bySql: only(1), byFhir: only(2), auto: 'sql' }),
  // In SQL these are guesses: `auto` prefers the Bp Premier API whatever it costs.
  updateUser: told({ bySql: only(1), byFhir: only(2), auto: 'fhir' }),
  addDayAway: told({ bySql: only(1), byFhir: only(2), auto: 'fhir' }),
  removeDayAway: told({ bySql: only(1), byFhir: only(1 + 4, 'locations'), auto: 'fhir' }),
  setClinicHours: told({ bySql: only(1), byFhir: only(2), auto: 'fhir' }),
  addDayClosed: told({ bySql: only(1), byFhir: only(0), auto: 'sql' }),
  removeDayClosed: told({ bySql: only(1), byFhir: only(0), auto: 'sql' }),
};

function told(by: {
  bySql: Charges;
  byFhir: Charges;
  auto: 'sql' | 'fhir';
}): Record<SourcePreference, Charges> {
  return {
    'sql-passthrough': by.bySql,
    'bp-premier': by.byFhir,
    auto: by.auto === 'sql' ? by.bySql : by.byFhir,
  };
}
