/** Nothing that stands in a practice's database about its patients gets into a log line or a metric. */
import { readdirSync, readFileSync } from 'node:fs';
import { afterAll, expect, test } from 'vitest';
import { practices } from '../../sandbox/practices.ts';
import { activePatients, openBookingClient, ownSandbox } from '../facade/booking-client.ts';
import { openSurgery } from '../facade/surgery.ts';

const sandbox = await ownSandbox();
const clients = (['sql-passthrough', 'bp-premier'] as const).map((source) => ({
  client: openBookingClient(sandbox, { source }),
  surgery: openSurgery(sandbox, { source }),
}));
afterAll(async () => {
  for (const { client, surgery } of clients) await Promise.all([client.close(), surgery.close()]);
  await sandbox.close();
});

const database = sandbox.database('1001');
const folder = new URL('../../examples/operations/', import.meta.url);
const documents = readdirSync(folder)
  .filter((name) => name.endsWith('.graphql'))
  .map((name) => readFileSync(new URL(name, folder), 'utf8'))
  .filter((document) => !document.includes('mutation'));
const [patientId = ''] = activePatients(sandbox, 1);
const variables = {
  bpSiteId: '1001',
  bpSiteIds: ['1001'],
  pmsSiteId: '1001',
  haloGuid: practices.find(({ bpSiteId }) => bpSiteId === '1001')?.haloGuid,
  patientId,
  date: '2026-11-24',
  from: '2026-11-24',
  to: '2026-12-04',
  search: { name: 's' },
  first: 200,
};

/** Everything that stands in these columns. */
function valuesOf(table: string, columns: readonly string[]): readonly string[] {
  const rows = database.all<Record<string, string | number | null>>(
    `SELECT ${columns.join(', ')} FROM ${table}`,
  );
  return rows.flatMap((row) => Object.values(row).map((value) => String(value ?? '').trim()));
}

test('of all requests, responses, changes and refusals', async () => {
  const patient = database.all<Record<string, string>>(
    `SELECT SURNAME, FIRSTNAME, MEDICARENO FROM PATIENTS WHERE INTERNALID = ${patientId}`,
  )[0];
  const details = {
    firstName: 'Zebulonia',
    lastName: 'Quuxington',
    birthDate: '1961-04-07',
    mobilePhone: '0491570156',
    homePhone: '0255501234',
    email: 'quuxington@example.com',
    address: { line1: '77 Zanzibar Crescent', suburb: 'Wollongarra', postcode: '2000' },
    medicare: { number: '2123456701', individualReferenceNumber: '3', expiry: '09/2028' },
  };
  for (const { client, surgery } of clients) {
    for (const document of documents) {
      for (const fault of ['', '1001:504', '1001:503', '1001:cut-connection', 'moved', '1001:413']) {
        await client.facade.execute(document, variables, fault === '' ? {} : { 'x-sandbox-fault': fault });
      }
    }
    const search = `query ($s: PatientSearch!) { practice(bpSiteId: "1001") { ... on Practice {
      patients(search: $s, first: 20) { __typename ... on PatientConnection { nodes { fullName birthDate } } } } } }`;
    for (const criteria of [
      { name: `${patient?.FIRSTNAME?.trim()} ${patient?.SURNAME?.trim()}` },
      { medicareNumber: patient?.MEDICARENO?.trim() },
      { medicareNumber: '2123456799' },
      { phone: '0491 570 006', email: 'not an address Quuxington' },
    ]) {
      await client.facade.execute(search, { s: criteria });
    }
    const [slot] = await client.freeSlots('2026-11-25');
    const reason = 'Xylophonic ailment';
    const booked = await client.write('book', { ...slot, patientId, reason });
    expect(booked.appointment.reason).toBe(reason);
    await client.write('book', { ...slot, patientId, reason });
    await client.write('update', {
      appointmentId: booked.appointment.pmsId,
      reason: `${reason} grown worse`,
    });
    await client.write('cancel', { appointmentId: booked.appointment.pmsId }, '504');
    for (const fault of [undefined, '504', '503', 'cut-connection']) {
      await surgery.execute('addPatient', details, fault);
      await surgery.execute('updatePatient', { patientId, ...details }, fault);
    }
    await surgery.execute('addPatient', {
      ...details,
      birthDate: '2999-01-01',
      email: 'Quuxington',
      title: 'Zounds',
    });
  }

  const facades = clients.flatMap(({ client, surgery }) => [client.facade, surgery.facade]);
  const metrics = facades.map(async ({ yoga }) => (await yoga.fetch('http://facade.test/metrics')).text());
  const emitted = [...facades.flatMap(({ log }) => log), ...(await Promise.all(metrics))].join('\n');
  expect(emitted).toContain('halo_graph_operations_total');
  expect(emitted).toContain('"patient data"');
  expect(emitted).toContain('"write":"addPatient"');
  const values = new Set([
    ...valuesOf('PATIENTS', ['FIRSTNAME', 'MIDDLENAME', 'SURNAME', 'PREFERREDNAME', 'ADDRESS1', 'CITY']),
    ...valuesOf('PATIENTS', ['HOMEPHONE', 'WORKPHONE', 'MOBILEPHONE', 'MEDICARENO', 'DVANO']),
    ...valuesOf('APPOINTMENTS', ['REASON', 'COMMENT']),
    ...Object.values(details).flatMap((value) => (typeof value === 'string' ? value : Object.values(value))),
  ]);
  const seen = [...values].filter((value) => value.length > 3 && wholeWord(value).test(emitted));
  expect(values.size).toBeGreaterThan(1000);
  expect(seen).toEqual([]);
}, 60_000);

const wholeWord = (text: string): RegExp =>
  new RegExp(`(?<![\\w-])${text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&')}(?![\\w-])`, 'i');
