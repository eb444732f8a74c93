/** The reads of the chaos run, and their variables. */
import type { Client } from './client.ts';

const failed = '... on HaloError { code retryable }';

const practice = (variables: string, fields: string): string =>
  `query ($site: ID!, ${variables}) { practice(bpSiteId: $site) { ... on Practice { ${fields} } ${failed} } }`;

export const dayBook = practice(
  '$from: Date!',
  `appointments(from: $from, first: 200) { ... on AppointmentConnection { nodes {
    pmsId start status type { name } patient { fullName mobilePhone } user { displayName } } } ${failed} }`,
);
export const patientSearch = practice(
  '$name: String!',
  `patients(search: { name: $name }, first: 50) { ... on PatientConnection { nodes { pmsId fullName birthDate } } ${failed} }`,
);
export const slots = practice(
  '$from: Date!, $to: Date!',
  `availableSlots(from: $from, to: $to) { ... on AvailableSlots { slots { start durationMinutes user { pmsId } } } ${failed} }`,
);
export const booking = `mutation ($input: BookAppointmentInput!) { bookAppointment(input: $input) {
  ... on BookAppointmentPayload { appointment { pmsId } } ${failed} } }`;
export const cancellation = `mutation ($input: CancelAppointmentInput!) { cancelAppointment(input: $input) {
  ... on CancelAppointmentPayload { appointment { pmsId } } ${failed} } }`;
const sql = `mutation ($site: ID!, $text: String!) { runSql(input: { site: { bpSiteId: $site }, command: { text: $text } }) {
  ... on RunSqlPayload { result { rows } } ${failed} } }`;

export interface FreeTime {
  readonly start: string;
  readonly durationMinutes: number;
  readonly userId: string;
}

export interface PracticeWork {
  readonly bpSiteId: string;
  readonly patientIds: readonly string[];
  readonly names: readonly string[];
  /** Slots that were free at the start. The load removes each slot that it books. */
  readonly times: FreeTime[];
}

/** The date `ahead` days from today, `YYYY-MM-DD`. */
export function day(ahead: number): string {
  return new Date(Date.now() + ahead * 86_400_000).toISOString().slice(0, 10);
}

/** Runs a query that must succeed. */
export async function must<Data>(client: Client, query: string, variables: object): Promise<Data> {
  const { outcome, data } = await client.execute(query, variables);
  if (outcome !== 'OK') throw new Error(`Without load, ${JSON.stringify(variables)} answered ${outcome}.`);
  return data as Data;
}

export async function rows<Row>(client: Client, site: string, text: string): Promise<readonly Row[]> {
  const data = await must<{ runSql: { result: { rows: Row[] } } }>(client, sql, { site, text });
  return data.runSql.result.rows;
}

export async function prepare(client: Client, bpSiteId: string): Promise<PracticeWork> {
  const people = await rows<{ id: number; name: string }>(
    client,
    bpSiteId,
    'SELECT INTERNALID AS id, SURNAME AS name FROM dbo.PATIENTS WHERE RECORDSTATUS = 1 AND PATIENTSTATUS = 1',
  );
  const found = await must<{
    practice: { availableSlots: { slots: (FreeTime & { user: { pmsId: string } })[] } };
  }>(client, slots, { site: bpSiteId, from: day(7), to: day(35) });
  return {
    bpSiteId,
    patientIds: people.map(({ id }) => String(id)),
    names: people.map(({ name }) => name.trim()),
    times: found.practice.availableSlots.slots.map(({ start, durationMinutes, user }) => ({
      start,
      durationMinutes,
      userId: user.pmsId,
    })),
  };
}

export const pick = <Item>(items: readonly Item[]): Item =>
  items[Math.floor(Math.random() * items.length)] as Item;
