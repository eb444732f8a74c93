/** Unreadable rows that a practice's database can hold, through the whole facade. */
import { afterAll, describe, expect, it } from 'vitest';
import { openFacade } from '../open-facade.ts';
import { sandboxToday } from '../sandbox-today.ts';
import { ownSandbox } from './booking-client.ts';

const sandbox = await ownSandbox();
const facade = openFacade({ baseUrl: sandbox.url, source: 'sql-passthrough' });
afterAll(() => Promise.all([facade.close(), sandbox.close()]));

const book = `query ($from: Date!) { practice(bpSiteId: "1001") { ... on Practice {
  appointments(from: $from) { __typename ... on AppointmentConnection { nodes { pmsId } } } } } }`;

async function readBook() {
  const answer = await facade.execute(book, { from: sandboxToday });
  const { appointments } = answer.data.practice;
  return { ...answer, ids: appointments.nodes.map(({ pmsId }: { pmsId: string }) => pmsId) };
}

describe('C1: two rows whose APPOINTMENTTIME is no time of day', () => {
  it('leave the others of the day, and are said and logged', async () => {
    const before = await readBook();
    expect(before.notices).toEqual([]);
    const [first, second] = before.ids;
    const { run } = sandbox.database('1001');
    run(`UPDATE APPOINTMENTS SET APPOINTMENTTIME = 90000 WHERE RECORDID = ${first}`);
    run(`UPDATE APPOINTMENTS SET APPOINTMENTTIME = -1 WHERE RECORDID = ${second}`);
    const after = await readBook();
    expect(after.ids).toEqual(before.ids.slice(2));
    expect(after.errors).toBeUndefined();
    expect(after.cost.charged).toBe(before.cost.charged);
    expect(after.notices).toEqual([
      { code: 'ROW_UNREADABLE', count: 2, bpSiteId: '1001', message: expect.stringContaining('2 records') },
    ]);
    const line = JSON.parse(facade.log.find((each) => each.includes('records that cannot be read')) ?? '{}');
    expect(line.records).toEqual(
      [second, first].map((id) => ({ table: 'APPOINTMENTS', id, reason: expect.any(String) })),
    );
  });
});
