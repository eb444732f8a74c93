/** Callers who send the same request at the same time, or under the same key: no caller gets another's data. */
import { afterAll, beforeEach, expect, test } from 'vitest';
import { startSandbox } from '../../sandbox/server/start.ts';
import type { Caller } from '../../src/auth/caller.ts';
import { everyScope } from '../../src/scopes.ts';
import { activePatients, mutation, newKey } from '../facade/booking-client.ts';
import { openFacade } from '../open-facade.ts';
import { sandboxToday } from '../sandbox-today.ts';
import { guidOf } from './whole-practice.ts';

const sandbox = await startSandbox({ today: sandboxToday, latencyMs: 5 });
const callers: Readonly<Record<string, Caller>> = {
  first: { name: 'first', scopes: everyScope, practices: ['1001'] },
  second: { name: 'second', scopes: everyScope, practices: ['1001'] },
  third: { name: 'third', scopes: everyScope, practices: ['1001'] },
  stranger: { name: 'stranger', scopes: everyScope, practices: ['1002'] },
  scopeless: { name: 'scopeless', scopes: ['sites:read'], practices: ['1001'] },
};
const open = () =>
  openFacade({
    baseUrl: sandbox.url,
    authenticate: async ({ headers }) => callers[headers.get('authorization') ?? ''] as Caller,
  });
let facade = open();
beforeEach(async () => {
  await facade.close();
  facade = open();
});
afterAll(async () => {
  await facade.close();
  await sandbox.close();
});
const as = (name: string, query: string, variables: object = {}) =>
  facade.execute(query, variables, { authorization: name });

const failed = '... on HaloError { code message }';
const [patientId, otherPatient] = activePatients(sandbox, 2);

test("another caller's idempotency key is not one's own", async () => {
  const { data } = await as(
    'first',
    `{ practice(bpSiteId: "1001") { ... on Practice { availableSlots(from: "2026-11-30") {
      ... on AvailableSlots { slots { start user { pmsId } } } } } } }`,
  );
  const [slot] = data.practice.availableSlots.slots;
  const input = {
    bpSiteId: '1001',
    start: slot.start,
    userId: slot.user.pmsId,
    patientId,
    idempotencyKey: newKey(),
  };
  const book = (name: string, given: object) => as(name, mutation('book'), { input: given });
  const booked = (await book('first', input)).data.result;
  expect(booked.__typename).toBe('BookAppointmentPayload');
  expect((await book('first', input)).data.result).toEqual(booked);
  // The response does not reveal that the key is in use, or for what.
  const other = { ...input, patientId: otherPatient };
  expect((await book('second', other)).data.result).toMatchObject({ __typename: 'SlotTaken' });
  expect((await book('third', input)).data.result).toMatchObject({ __typename: 'SlotTaken' });
  expect((await book('stranger', input)).data.result.__typename).toBe('NotFound');
});

test('two callers with the same key at the same time: one books the time, the other gets SlotTaken', async () => {
  const { data } = await as(
    'first',
    `{ practice(bpSiteId: "1001") { ... on Practice { availableSlots(from: "2026-12-01") {
      ... on AvailableSlots { slots { start user { pmsId } } } } } } }`,
  );
  const [slot] = data.practice.availableSlots.slots;
  const input = {
    bpSiteId: '1001',
    start: slot.start,
    userId: slot.user.pmsId,
    patientId,
    idempotencyKey: newKey(),
  };
  const answers = await Promise.all(
    ['first', 'second', 'first', 'second'].map(
      async (name) => (await as(name, mutation('book'), { input })).data.result,
    ),
  );
  const [first, second, firstAgain, secondAgain] = answers;
  expect(firstAgain).toEqual(first);
  expect(secondAgain).toEqual(second);
  expect([first.__typename, second.__typename].toSorted()).toEqual(['BookAppointmentPayload', 'SlotTaken']);
});

test('the same query at the same time: only the caller with access gets the data', async () => {
  const query = `query ($haloGuid: UUID!) {
    practice(bpSiteId: "1001") { __typename ${failed} ... on Practice {
      name appointments(from: "2026-11-24") { __typename ${failed} ... on AppointmentConnection {
        nodes { start patient { fullName } } } }
      patients(search: { name: "s" }) { __typename ${failed} ... on PatientConnection { nodes { fullName } } } } }
    site(haloGuid: $haloGuid) { __typename ${failed} ... on Site { pmsSiteId } }
    sites(pmsSiteId: "1001") { ... on Sites { nodes { haloGuid } } } }`;
  const haloGuid = guidOf('1001');
  const names = ['stranger', 'first', 'scopeless', 'second', 'stranger', 'scopeless', 'first'];
  const answers = await Promise.all(names.map((name) => as(name, query, { haloGuid })));
  for (const [index, { data, cost, text, errors }] of answers.entries()) {
    const name = names[index];
    if (name === 'stranger') {
      expect(data).toEqual({
        practice: expect.objectContaining({ __typename: 'NotFound' }),
        site: expect.objectContaining({ __typename: 'NotFound' }),
        sites: { nodes: [] },
      });
      expect(cost.calls).toBe(1);
      expect(cost.saved).toEqual({ batched: 0, coalesced: 0, cached: 0 });
    } else if (name === 'scopeless') {
      expect(data.practice.appointments).toMatchObject({ __typename: 'AccessDenied' });
      expect(data.practice.patients).toMatchObject({ __typename: 'AccessDenied' });
      expect(text).not.toContain('fullName');
      expect(cost.charged).toBe(0);
    } else {
      expect(errors).toBeUndefined();
      expect(data.practice.patients.nodes.length).toBeGreaterThan(0);
      expect(data.practice.appointments.nodes[0].patient.fullName).toMatch(/./);
    }
  }
});
