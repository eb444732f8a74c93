/** A reader that falls behind, merges, or starts again always ends with the practice's book. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AppointmentStatus } from '../../src/datasources/domain/appointment.ts';
import { changedIds, kindOf, mergeChanges, type RowChange } from '../../src/live/book-changes.ts';
import { type BookRow, isInBook } from '../../src/live/book-row.ts';
import { ChangeLog } from '../../src/live/change-log.ts';

const range = { from: '2026-11-30', to: '2026-12-01' };
const isIn = (row: BookRow) => isInBook(row, range);

function row(
  pmsId: string,
  hour: number,
  day = 30,
  status: AppointmentStatus = 'BOOKED',
  userId = '1',
): BookRow {
  const date = day === 30 ? '2026-11-30' : `2026-12-${String(day).padStart(2, '0')}`;
  const start = `${date}T${String(hour).padStart(2, '0')}:00:00+10:30`;
  return { pmsId, start, status, userId, stamp: `${start} ${status} ${userId}` };
}

const change = (before: BookRow | null, after: BookRow | null): RowChange => ({
  pmsId: (before ?? after)?.pmsId ?? '',
  before,
  after,
});

describe('merging', () => {
  it('an appointment that is booked and then cancelled cancels out', () => {
    const booked = row('1', 9);
    const cancelled = row('1', 9, 30, 'CANCELLED');
    expect(mergeChanges([[change(null, booked)], [change(booked, cancelled)]], isIn)).toEqual([]);
    expect(mergeChanges([[change(null, booked)], [change(booked, null)]], isIn)).toEqual([]);
  });

  it('two moves are one from the first start', () => {
    const [at9, at10, at11] = [row('1', 9), row('1', 10), row('1', 11)];
    const [merged] = mergeChanges([[change(at9, at10)], [change(at10, at11)]], isIn);
    expect(merged).toEqual(change(at9, at11));
    expect(merged && kindOf(merged)).toBe('MOVED');
  });

  it('a booking that is moved is a booking at the last start', () => {
    const [merged] = mergeChanges([[change(null, row('1', 9))], [change(row('1', 9), row('1', 10))]], isIn);
    expect(merged && kindOf(merged)).toBe('BOOKED');
    expect(merged?.after?.start).toContain('T10:00');
  });

  it('what was cancelled and restored is no change, unless it is another than before', () => {
    const before = row('1', 9);
    const gone = row('1', 9, 30, 'CANCELLED');
    expect(mergeChanges([[change(before, gone)], [change(null, before)]], isIn)).toEqual([]);
    const restored = row('1', 12);
    const [merged] = mergeChanges([[change(before, gone)], [change(null, restored)]], isIn);
    expect(merged && kindOf(merged)).toBe('MOVED');
  });
});

describe('kinds', () => {
  it.each([
    ['BOOKED', null, row('1', 9)],
    ['MOVED', row('1', 9), row('1', 10)],
    ['MOVED', row('1', 9), row('1', 9, 5)],
    ['MOVED', row('1', 9), row('1', 9, 30, 'BOOKED', '2')],
    ['STATUS_CHANGED', row('1', 9, 30, 'FULFILLED'), row('1', 9, 30, 'ARRIVED')],
    ['UPDATED', row('1', 9), { ...row('1', 9), stamp: 'longer' }],
    ['CANCELLED', row('1', 9), row('1', 9, 30, 'CANCELLED')],
    ['CANCELLED', row('1', 9), null],
  ] as const)('%s', (kind, before, after) => {
    expect(kindOf(change(before, after))).toBe(kind);
  });
});

describe('the log', () => {
  it('knows no position before its oldest entry, none ahead, and none from before a restart', () => {
    const log = new ChangeLog(2);
    const { run } = log.position;
    const at = (seq: number) => ({ run, seq });
    log.add([change(null, row('1', 9))]);
    log.add([change(null, row('2', 9)), change(null, row('3', 9))]);
    expect(log.since(at(0), isIn)).toBeNull();
    expect(log.since(at(1), isIn)).toHaveLength(2);
    expect(log.since(at(2), isIn)).toEqual([]);
    expect(log.since(at(3), isIn)).toBeNull();
    expect(log.since({ run: 'another', seq: 1 }, isIn)).toBeNull();
    log.restart();
    expect(log.since(at(2), isIn)).toBeNull();
    expect(log.since(log.position, isIn)).toEqual([]);
  });

  it('of another replica is continued: positions of its entries are known, earlier ones and the own ones are not', () => {
    const log = new ChangeLog(10);
    const own = log.position;
    const entries = [
      { seq: 7, changes: [change(null, row('1', 9))] },
      { seq: 8, changes: [change(null, row('2', 9))] },
    ];
    log.continue({ run: 'theirs', seq: 8 }, entries);
    expect(log.position).toEqual({ run: 'theirs', seq: 8 });
    expect(log.since({ run: 'theirs', seq: 6 }, isIn)).toHaveLength(2);
    expect(log.since({ run: 'theirs', seq: 7 }, isIn)).toHaveLength(1);
    expect(log.since({ run: 'theirs', seq: 5 }, isIn)).toBeNull();
    expect(log.since(own, isIn)).toBeNull();
  });

  const statuses: AppointmentStatus[] = ['BOOKED', 'ARRIVED', 'FULFILLED', 'CANCELLED'];
  const step = fc.oneof(
    {
      weight: 6,
      arbitrary: fc.record({
        do: fc.constant('change' as const),
        id: fc.integer({ min: 1, max: 6 }).map(String),
        // Some leave the range, some are deleted.
        to: fc.option(
          fc.record({
            hour: fc.integer({ min: 8, max: 10 }),
            day: fc.constantFrom(30, 1, 2),
            status: fc.constantFrom(...statuses),
            user: fc.constantFrom('1', '2'),
          }),
          { freq: 6 },
        ),
      }),
    },
    { weight: 3, arbitrary: fc.record({ do: fc.constant('detect' as const) }) },
    {
      weight: 3,
      arbitrary: fc.record({ do: fc.constant('read' as const), reader: fc.constantFrom(0, 1, 2) }),
    },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('doubt' as const) }) },
    {
      weight: 1,
      arbitrary: fc.record({ do: fc.constant('reconnect' as const), reader: fc.constantFrom(0, 1, 2) }),
    },
  );

  it('snapshot and changes together are the book, for readers that are fast, slow, filtered or reconnect', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 80 }), fc.integer({ min: 1, max: 12 }), (steps, maxChanges) => {
        const practice = new Map<string, BookRow>();
        let book = new Map<string, BookRow>();
        const log = new ChangeLog(maxChanges);
        const readers = [undefined, '1', '2'].map((user) => new Reader(log, () => book, user));
        const visible = () => new Map([...practice].filter(([, each]) => isIn(each)));
        const detect = () => {
          const now = visible();
          const ids = changedIds(book, now);
          if (ids.length === 0) return;
          const changes = ids.map((id) => change(book.get(id) ?? null, practice.get(id) ?? null));
          book = now;
          log.add(changes);
        };
        for (const each of steps) {
          if (each.do === 'change') {
            if (each.to)
              practice.set(each.id, row(each.id, each.to.hour, each.to.day, each.to.status, each.to.user));
            else practice.delete(each.id);
          } else if (each.do === 'detect') detect();
          else if (each.do === 'read') readers[each.reader]?.read();
          else if (each.do === 'reconnect') readers[each.reader]?.reconnect();
          else {
            book = visible();
            log.restart();
          }
        }
        detect();
        for (const reader of readers) {
          reader.read();
          expect(reader.book()).toEqual(reader.expected(visible()));
        }
      }),
      { numRuns: 500 },
    );
  });
});

/** What a client does: a snapshot replaces everything, a change sets or removes one appointment. */
class Reader {
  readonly #log: ChangeLog;
  readonly #snapshot: () => ReadonlyMap<string, BookRow>;
  readonly #user: string | undefined;
  #position = { run: '', seq: -1 };
  #rows = new Map<string, BookRow>();

  constructor(log: ChangeLog, snapshot: () => ReadonlyMap<string, BookRow>, user: string | undefined) {
    this.#log = log;
    this.#snapshot = snapshot;
    this.#user = user;
  }

  expected(book: ReadonlyMap<string, BookRow>) {
    return [...book.values()]
      .filter((each) => this.#mine(each))
      .map(({ pmsId, stamp }) => `${pmsId} ${stamp}`)
      .sort();
  }

  book() {
    return this.expected(this.#rows);
  }

  read(): void {
    const changes = this.#log.since(this.#position, isIn);
    this.#position = this.#log.position;
    if (changes === null) {
      this.#rows = new Map([...this.#snapshot()].filter(([, each]) => this.#mine(each)));
      return;
    }
    for (const { pmsId, before, after } of changes) {
      if (!(before && this.#mine(before)) && !(after && this.#mine(after))) continue;
      if (after && isIn(after) && this.#mine(after)) this.#rows.set(pmsId, after);
      else this.#rows.delete(pmsId);
    }
  }

  /** With its cursor, which may be forgotten by now. */
  reconnect(): void {
    if (!this.#log.knows(this.#position)) this.#rows.clear();
  }

  #mine({ userId }: BookRow): boolean {
    return this.#user === undefined || userId === this.#user;
  }
}
