import fc from 'fast-check';
import { expect, it } from 'vitest';
import { openPracticeDatabase } from '../../../sandbox/database/practice-database.ts';
import { tables } from '../../../sandbox/database/schema.ts';
import { SqlEngine } from '../../../sandbox/sql/engine.ts';
import { SqlServerError } from '../../../sandbox/sql/sql-server-error.ts';
import { hostileText, parameterType, parameterValue } from '../../hostile-sql.ts';
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

const direction = fc.constantFrom('input', 'output', 'inputOutput', 'returnValue');

it('never meets a text that crashes it, or that changes what may not be changed', () => {
  const before = untouchable();
  fc.assert(
    fc.property(
      hostileText,
      fc.array(
        fc.record({
          name: fc.constantFrom('@p', '@a', 'b', ''),
          type: parameterType,
          value: parameterValue,
          direction,
        }),
        {
          maxLength: 3,
        },
      ),
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
  ['a sum without end', `SELECT ${'1+'.repeat(50_000)}1`, 191],
  ['a text without end', "SELECT REPLICATE(CAST('x' AS varchar(max)), 2000000000)", 701],
])(
  'gives up on %s',
  (_, sql, number) => {
    expect(() => engine.runText(sql, [])).toThrow(expect.objectContaining({ number }));
    expect(engine.runText('SELECT 1 AS a', []).rows).toEqual([{ a: 1 }]);
  },
  60_000,
);
