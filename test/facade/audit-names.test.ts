/** The names in the audit trail, through the sandbox. */
import { expect, onTestFinished, test } from 'vitest';
import { everyScope } from '../../src/scopes.ts';
import { openFacade } from '../open-facade.ts';

const auditOf = (log: readonly string[]) =>
  log
    .map((line) => JSON.parse(line) as Record<string, unknown>)
    .filter(({ msg }) => ['patient data', 'change', 'SQL', 'operation'].includes(String(msg)))
    .map(({ msg, caller, subject }) => ({ msg, caller, subject }));

const read =
  '{ practice(bpSiteId: "1001") { ... on Practice { patient(pmsId: "1") { ... on Patient { fullName } } } } }';
const change = `mutation { updatePatient(input: { bpSiteId: "1001", patientId: "1", email: "synthetic@sandbox.example" }) {
  __typename } }`;
const sql = `mutation { runSql(input: { site: { bpSiteId: "1001" }, command: { text: "SELECT 1 AS n" } }) { __typename } }`;

test('I6: audit and access lines name the app and the person', async () => {
  const caller = {
    name: 'jwt:reception-app',
    subject: 'nurse-7',
    scopes: everyScope,
    practices: 'all',
  } as const;
  const facade = openFacade({ caller });
  onTestFinished(() => facade.close());
  for (const document of [read, change, sql]) await facade.execute(document);
  const named = auditOf(facade.log);
  for (const msg of ['patient data', 'change', 'SQL', 'operation'])
    expect(named).toContainEqual({ msg, caller: 'jwt:reception-app', subject: 'nurse-7' });
  expect(named.every(({ subject }) => subject === 'nurse-7')).toBe(true);
});

test('I6: without a person in the token, no person is named', async () => {
  const facade = openFacade();
  onTestFinished(() => facade.close());
  await facade.execute(read);
  expect(auditOf(facade.log)).toContainEqual({ msg: 'patient data', caller: 'test', subject: undefined });
});
