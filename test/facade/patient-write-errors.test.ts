/** Procedures for patients that go wrong, through the whole facade: what the caller learns is what the database has. */
import { afterAll, describe, expect, it } from 'vitest';
import { openFacade } from '../open-facade.ts';
import { activePatients, bpSiteId, ownSandbox } from './booking-client.ts';

const sandbox = await ownSandbox();
const facade = openFacade({ baseUrl: sandbox.url, source: 'sql-passthrough' });
afterAll(() => facade.close().then(() => sandbox.close()));
const [patientId = ''] = activePatients(sandbox, 1);

async function write(trouble: string, mutation: 'addPatient' | 'updatePatient', input: object) {
  const name = `${mutation.slice(0, 1).toUpperCase()}${mutation.slice(1)}`;
  const answer = await facade.executeWithFault(
    `proc-${trouble}`,
    `mutation ($input: ${name}Input!) { result: ${mutation}(input: $input) { __typename
      ... on ${name}Payload { patient { pmsId email } } ... on HaloError { message } } }`,
    { input: { bpSiteId, ...input } },
  );
  return { result: answer.data.result, notices: answer.notices.map(({ code }) => code) };
}

describe('addPatient', () => {
  it.each([
    ['does-nothing', 'PmsError', []],
    ['returns-0', 'AddPatientPayload', []],
    ['error-before', 'PmsError', []],
    ['error-partial', 'AddPatientPayload', ['WRITE_INCOMPLETE']],
    ['error-after', 'AddPatientPayload', ['WRITE_INCOMPLETE']],
  ])('D3, D5: %s is %s', async (trouble, type, notices) => {
    const lastName = `Sample ${trouble}`;
    const input = { firstName: 'Mia', lastName, birthDate: '1990-05-06', email: 'mia@example.com' };
    const answer = await write(trouble, 'addPatient', input);
    expect(answer.result.__typename).toBe(type);
    expect(answer.notices).toEqual(notices);
    const rows = sandbox
      .database(bpSiteId)
      .all('SELECT INTERNALID FROM PATIENTS WHERE SURNAME = @lastName', { '@lastName': lastName });
    expect(rows).toHaveLength(type === 'AddPatientPayload' ? 1 : 0);
  });
});

describe('updatePatient', () => {
  it.each([
    ['does-nothing', 'UpstreamFailed', []],
    ['returns-0', 'UpdatePatientPayload', []],
    ['error-before', 'PmsError', []],
    ['error-partial', 'OutcomeUnknown', []],
    ['error-after', 'UpdatePatientPayload', ['WRITE_INCOMPLETE']],
  ])('D3, D5: %s is %s', async (trouble, type, notices) => {
    const input = { patientId, preferredName: `Sample ${trouble}`, email: `${trouble}@example.com` };
    const answer = await write(trouble, 'updatePatient', input);
    expect(answer.result.__typename).toBe(type);
    expect(answer.notices).toEqual(notices);
  });
});
