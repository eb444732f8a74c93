/** Hostile commands through `runSql`, by two callers at the same time. `FUZZ_RUNS=10000` runs more. */
import fc from 'fast-check';
import { afterAll, expect, it } from 'vitest';
import { defaultKey } from '../../sandbox/server/start.ts';
import { ownSandbox } from '../facade/booking-client.ts';
import { hostileText, parameterType, parameterValue } from '../hostile-sql.ts';
import { openFacade } from '../open-facade.ts';

const numRuns = Number(process.env.FUZZ_RUNS ?? 150);
const sandbox = await ownSandbox();
const facade = openFacade({
  baseUrl: sandbox.url,
  authenticate: async ({ headers }) => ({
    name: headers.get('x-test-caller') ?? 'nobody',
    scopes: ['sql:run'],
    practices: 'all',
  }),
});
afterAll(async () => {
  await facade.close();
  await sandbox.close();
});

const bpSiteId = '9001';
const database = sandbox.database(bpSiteId);
/** What plain statements have no grant for. */
const untouchable = () =>
  JSON.stringify(
    ['PATIENTS', 'APPOINTMENTS', 'LOCATIONS', 'PRACTICE', 'TITLES', 'EMAIL', 'USERGROUPS'].map((name) =>
      database.all(`SELECT * FROM ${name}`),
    ),
  );

const run = `mutation ($command: SqlCommandInput!) { runSql(input: { site: { bpSiteId: "${bpSiteId}" }, command: $command }) {
  __typename ... on RunSqlPayload { result { rows rowCount rowsAffected outputParameters { name value } } }
  ... on HaloError { code message } } }`;
const execute = (caller: string, command: object) =>
  facade.execute(run, { command }, { 'x-test-caller': caller });

const command = fc.record({
  text: hostileText,
  type: fc.constantFrom('TEXT', 'STORED_PROCEDURE'),
  executionMode: fc.constantFrom('READER', 'NON_QUERY', 'SCALAR'),
  parameters: fc.array(
    fc.record(
      {
        name: fc.constantFrom('@p', '@a', '@b', '', 'p'),
        type: parameterType,
        value: parameterValue,
        direction: fc.constantFrom('INPUT', 'OUTPUT', 'INPUT_OUTPUT', 'RETURN_VALUE'),
        size: fc.option(fc.integer({ min: -1, max: 9_000 })),
      },
      { requiredKeys: ['name'] },
    ),
    { maxLength: 3 },
  ),
});

it('the process stays up, nothing else changes, and no caller sees the key or another caller’s command', async () => {
  const before = untouchable();
  let turn = 0;
  const codes = new Map<string, number>();
  await fc.assert(
    fc.asyncProperty(command, async (hostile) => {
      // Half a character is refused with the whole request.
      fc.pre(
        [hostile.text, ...hostile.parameters.map(({ value }) => value ?? '')].every((text) =>
          text.isWellFormed(),
        ),
      );
      turn += 1;
      const secret = `marker-${turn}-of-another`;
      const honest = {
        text: 'SELECT @secret AS secret',
        parameters: [{ name: '@secret', type: 'NVarChar', value: secret }],
      };
      const [theirs, own] = await Promise.all([execute('hostile', hostile), execute('honest', honest)]);
      expect(own.data.runSql.result.rows).toEqual([{ secret }]);
      expect(theirs.text).not.toContain('of-another');
      expect(theirs.text).not.toContain(defaultKey);
      expect(theirs.errors, JSON.stringify([hostile, theirs.errors])).toBeUndefined();
      const { code = 'OK' } = theirs.data.runSql;
      codes.set(code, (codes.get(code) ?? 0) + 1);
    }),
    { numRuns },
  );
  expect(untouchable()).toBe(before);
  // Commands that pass the checks reach the practice. Whether it accepts them is random.
  expect([...codes.keys()].filter((code) => code !== 'INVALID_INPUT')).not.toEqual([]);
  expect(facade.log.join('\n')).not.toContain(defaultKey);
}, 600_000);
