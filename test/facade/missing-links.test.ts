/** Records that a row names and that the practice no longer has. */
import { afterAll, describe, expect, it } from 'vitest';
import { openFacade } from '../open-facade.ts';
import { sandboxToday } from '../sandbox-today.ts';
import { ownSandbox } from './booking-client.ts';

const sandbox = await ownSandbox();
const { run, all } = sandbox.database('1004');
afterAll(() => sandbox.close());

const book = `query ($from: Date!, $id: ID!) { practice(bpSiteId: "1004") { ... on Practice {
  appointments(from: $from) { ... on AppointmentConnection { nodes {
    pmsId patientId userId locationId patient { pmsId fullName } user { pmsId displayName } location { pmsId name } } } }
  patient(pmsId: $id) { ... on Patient { usualUserId usualUser { displayName } } } } } }`;

const [row] = all<Record<'RECORDID' | 'INTERNALID' | 'USERID' | 'LOCATIONID', number>>(
  `SELECT * FROM APPOINTMENTS WHERE APPOINTMENTDATE = '${sandboxToday}T00:00:00' AND RECORDSTATUS = 1 AND INTERNALID <> 0 AND APPOINTMENTCODE = 1`,
);
if (!row) throw new Error('The sandbox has no appointment today.');
const other = `(SELECT MIN(INTERNALID) FROM PATIENTS WHERE RECORDSTATUS = 1 AND INTERNALID NOT IN (0, ${row.INTERNALID}))`;
const someone = all<{ id: number }>(`SELECT ${other} AS id`)[0]?.id;

describe.each(['sql-passthrough', 'bp-premier'] as const)('B5: by %s', (source) => {
  const facade = openFacade({ baseUrl: sandbox.url, source });
  afterAll(() => facade.close());
  const read = async () => {
    const answer = await facade.execute(book, { from: sandboxToday, id: String(someone) });
    const { nodes } = answer.data.practice.appointments;
    const at = nodes.findIndex(({ pmsId }: { pmsId: string }) => pmsId === String(row.RECORDID));
    const why = (field: string) =>
      answer.errors?.find(({ path }) => path?.at(-2) === at && path?.at(-1) === field);
    return { ...answer, node: nodes[at], why };
  };

  it('a patient, a user and a location that are gone are null, with the reason and the id', async () => {
    const ids = {
      patientId: String(row.INTERNALID),
      userId: String(row.USERID),
      locationId: String(row.LOCATIONID),
    };
    run(`UPDATE PATIENTS SET USERID = ${row.USERID} WHERE INTERNALID = ${someone}`);
    const before = await read();
    expect(before.errors).toBeUndefined();
    expect(before.node).toMatchObject({
      ...ids,
      patient: { pmsId: ids.patientId },
      user: { pmsId: ids.userId },
    });

    run(`UPDATE PATIENTS SET RECORDSTATUS = 2 WHERE INTERNALID = ${row.INTERNALID}`);
    run(`UPDATE USERS SET RECORDSTATUS = 2 WHERE USERID = ${row.USERID}`);
    run(`UPDATE LOCATIONS SET RECORDSTATUS = 2 WHERE LOCATIONID = ${row.LOCATIONID}`);
    try {
      const after = await read();
      expect(after.node).toMatchObject({ ...ids, patient: null, user: null, location: null });
      for (const field of ['patient', 'user', 'location']) {
        expect(after.why(field), field).toMatchObject({ extensions: { code: 'NOT_FOUND' } });
      }
      expect(after.why('patient')?.message).toContain('deleted or merged');
      expect(after.data.practice.patient).toEqual({ usualUserId: ids.userId, usualUser: null });
      expect(after.errors?.some(({ path }) => path?.at(-1) === 'usualUser')).toBe(true);
      expect(after.cost.charged).toBe(before.cost.charged);
    } finally {
      run(`UPDATE PATIENTS SET RECORDSTATUS = 1 WHERE INTERNALID = ${row.INTERNALID}`);
      run(`UPDATE USERS SET RECORDSTATUS = 1 WHERE USERID = ${row.USERID}`);
      run(`UPDATE LOCATIONS SET RECORDSTATUS = 1 WHERE LOCATIONID = ${row.LOCATIONID}`);
    }
  });
});
