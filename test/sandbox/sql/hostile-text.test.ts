import fc from 'fast-check';
import { expect, it } from 'vitest';
import { openPracticeDatabase } from '../../../sandbox/database/practice-database.ts';
import { tables } from '../../../sandbox/database/schema.ts';
import { SqlEngine } from '../../../sandbox/sql/engine.ts';
import { SqlServerError } from '../../../sandbox/sql/sql-server-error.ts';
import { practiceNamed, today } from '../practice-fixture.ts';

/** More of them by `FUZZ_RUNS=10000`. */
const numRuns = Number(process.env.FUZZ_RUNS ?? 400);
const mayBeWritten = ['DAYSAWAY', 'SESSIONS', 'EXTRASESSIONS', 'USERS'];
const database = openPracticeDatabase(
  { ...practiceNamed('9001'), patients: 10, appointmentsPerDay: 2, daysBack: 3 },
  today,
);
const engine = new SqlEngine(database, () => `${today}T10:11:12`);
const untouchable = () =>
  JSON.stringify(
    [...tables.keys()]
      .filter((name) => !mayBeWritten.includes(name))
      .map((name) => database.all(`SELECT * FROM "${name}"`)),
  );

const words =
  `SELECT FROM WHERE AND OR NOT NULL IN LIKE BETWEEN EXISTS CASE WHEN THEN ELSE END IF BEGIN COMMIT ROLLBACK TRAN DECLARE SET EXEC
INSERT INTO VALUES UPDATE DELETE DROP TABLE TOP DISTINCT UNION ALL EXCEPT ORDER BY GROUP HAVING JOIN LEFT CROSS ON AS WITH OVER RETURN CAST
CONVERT REPLICATE COUNT SUM MAX LEN SUBSTRING DATEADD GETDATE SCOPE_IDENTITY int varchar(max) decimal(5,2) bigint datetime XACT_ABORT OFF
PATIENTS APPOINTMENTS DAYSAWAY SESSIONS USERS dbo sqlite_master PRAGMA USERID RECORDID SURNAME STARTDATE INTERNALID BP_GetAllUsers sp_who
@a @b @p @@ROWCOUNT @@nope 1 0 -1 2147483647 9223372036854775807 1e308 1.5 0x01 'text' N'é' '' 'it''s' [USERS] "SURNAME" ( ) , ; . = <> < + - *
/ % /* */ -- ' [ " { } \u0000 \uD800 __proto__ constructor`
    .split(/\s+/)
    .concat('\n', '  ');
const soup = fc.array(fc.constantFrom(...words), { maxLength: 40 }).map((each) => each.join(' '));
const sensible = fc
  .tuple(
    fc.constantFrom('', 'SET XACT_ABORT ON; ', 'BEGIN TRAN; ', 'DECLARE @a int = 1; '),
    fc.constantFrom(
      'SELECT TOP (3) * FROM PATIENTS p CROSS JOIN APPOINTMENTS a WHERE ',
      'DELETE FROM PATIENTS WHERE ',
      'UPDATE DAYSAWAY SET AWAYREASON = ',
      'SELECT ',
      'IF ',
      'EXEC BP_GetFreeAppointments 2, ',
      'INSERT INTO SESSIONS (USERID) SELECT ',
    ),
    soup,
  )
  .map((parts) => parts.join(''));
const deep = fc
  .tuple(
    fc.constantFrom('(', 'NOT ', '- ', 'CASE WHEN 1=1 THEN ', '(SELECT ', '1+', "'a'+", 'LEN('),
    fc.nat(3000),
  )
  .map(([piece, times]) => `SELECT ${piece.repeat(times)}1`);
const value = fc.option(
  fc.oneof(fc.string({ unit: 'binary', maxLength: 30 }), fc.constantFrom('1', '2026-11-23', 'AQI=', 'true')),
);
const type = fc.constantFrom(
  'Int',
  'BigInt',
  'NVarChar',
  'Date',
  'DateTimeOffset',
  'Decimal',
  'VarBinary',
  'Bit',
  'Udt',
  'Nope',
);
const direction = fc.constantFrom('input', 'output', 'inputOutput', 'returnValue');

it('never meets a text that crashes it, or that changes what may not be changed', () => {
  const before = untouchable();
  fc.assert(
    fc.property(
      fc.oneof(soup, sensible, deep, fc.string({ unit: 'binary', maxLength: 200 })),
      fc.array(fc.record({ name: fc.constantFrom('@p', '@a', 'b', ''), type, value, direction }), {
        maxLength: 3,
      }),
      (text, parameters) => {
        try {
          engine.runText(text, parameters);
        } catch (error) {
          if (!(error instanceof SqlServerError)) throw error;
        }
      },
    ),
    { numRuns },
  );
  expect(untouchable()).toBe(before);
});

it.each([
  [
    'a join without end',
    'SELECT COUNT(*) AS n FROM PATIENTS a, PATIENTS b, PATIENTS c, PATIENTS d, PATIENTS e, PATIENTS f, PATIENTS g, PATIENTS h, PATIENTS i',
    -2,
  ],
  ['parentheses without end', `SELECT ${'('.repeat(5000)}1${')'.repeat(5000)}`, 191],
  ['a sum without end', `SELECT ${'1+'.repeat(5000)}1`, 191],
  ['a text without end', "SELECT REPLICATE(CAST('x' AS varchar(max)), 2000000000)", 701],
])(
  'gives up on %s',
  (_, sql, number) => {
    expect(() => engine.runText(sql, [])).toThrow(expect.objectContaining({ number }));
    expect(engine.runText('SELECT 1 AS a', []).rows).toEqual([{ a: 1 }]);
  },
  60_000,
);
