/** The needs of a client's cache: stable ids, edges to add to lists, ids to remove from lists. */
import { afterAll, describe, expect, it } from 'vitest';
import { openFacade } from '../open-facade.ts';
import { activePatients, bpSiteId, ownSandbox } from './booking-client.ts';

const sandbox = await ownSandbox();
const facade = openFacade({ baseUrl: sandbox.url });
afterAll(async () => {
  await facade.close();
  await sandbox.close();
});

// biome-ignore lint/suspicious/noExplicitAny: a response has the shape of its query
async function inPractice(fields: string): Promise<any> {
  const { data, errors } = await facade.execute(
    `{ viewer { id practice(bpSiteId: "${bpSiteId}") { id ${fields} } } }`,
  );
  expect(errors).toBeUndefined();
  return data.viewer.practice;
}

// biome-ignore lint/suspicious/noExplicitAny: a payload
async function change(mutation: string, input: string, payload: string): Promise<any> {
  const type = `${mutation.slice(0, 1).toUpperCase()}${mutation.slice(1)}Payload`;
  const { data, text } = await facade.execute(
    `mutation { it: ${mutation}(input: { bpSiteId: "${bpSiteId}" ${input} }) {
      __typename ... on ${type} { ${payload} } ... on HaloError { message } } }`,
  );
  expect(data.it.__typename, text).toBe(type);
  return data.it;
}

const ids = (things: readonly { readonly id: string }[]) => things.map(({ id }) => id);
const read = () =>
  inPractice(`
    appointmentTypesOrNull { nodes { id pmsId name } }
    availableSlotsOrNull(from: "2026-11-30", to: "2026-12-04") { slots { id start user { id } } }
    daysClosedOrNull(from: "2026-01-01", to: "2026-12-31") { nodes { id pmsId } }
    usersConnection(takesAppointments: true) {
      nodes { id daysAwayOrNull(from: "2026-11-01", to: "2027-02-28") { nodes { id pmsId } } }
    }`);

describe('ids', () => {
  it('are the same in a second answer, and no two things share one', async () => {
    const away = `from: "2027-02-01" reason: "Sample"`;
    await change('addDaysClosed', 'from: "2026-12-24" reason: "Sample"', 'dayClosed { id }');
    const [{ id: userId }] = (await read()).usersConnection.nodes;
    await change('addUserDaysAway', `userId: "${userId}" ${away}`, 'dayAway { id }');
    const [first, second] = [await read(), await read()];
    expect(second).toEqual(first);
    const things = [
      first.appointmentTypesOrNull.nodes,
      first.availableSlotsOrNull.slots,
      first.daysClosedOrNull.nodes,
      first.usersConnection.nodes.flatMap(
        (user: { daysAwayOrNull: { nodes: object[] } }) => user.daysAwayOrNull.nodes,
      ),
    ];
    for (const list of things) {
      expect(list.length).toBeGreaterThan(0);
      expect(new Set(ids(list)).size).toBe(list.length);
    }
  });

  it('of slots of another length are others', async () => {
    const [short, long] = await Promise.all(
      [15, 30].map((minutes) =>
        inPractice(`availableSlotsOrNull(from: "2026-11-30", durationMinutes: ${minutes}) { slots { id } }`),
      ),
    );
    const both = [...ids(short.availableSlotsOrNull.slots), ...ids(long.availableSlotsOrNull.slots)];
    expect(new Set(both).size).toBe(both.length);
  });

  it('of types are read again by node, those of slots and days are refused with a sentence', async () => {
    const { appointmentTypesOrNull, availableSlotsOrNull, daysClosedOrNull } = await read();
    const [type] = appointmentTypesOrNull.nodes;
    const { data } = await facade.execute(
      `{ node(id: "${type.id}") { ... on AppointmentType { id pmsId name } } }`,
    );
    expect(data.node).toEqual(type);
    for (const { id } of [availableSlotsOrNull.slots[0], daysClosedOrNull.nodes[0]]) {
      const { data, errors, cost } = await facade.execute(`{ node(id: "${id}") { id } }`);
      expect(data.node).toBeNull();
      expect(errors?.[0]?.message).toMatch(/A (Slot|DayClosed) cannot be fetched by its id/);
      expect(cost.charged).toBe(0);
    }
  });

  it('of a type is the same below an appointment', async () => {
    const { appointmentsConnection, appointmentTypesOrNull } = await inPractice(`
      appointmentsConnection(from: "2026-11-24") { nodes { type { id pmsId } } }
      appointmentTypesOrNull { nodes { id pmsId } }`);
    const known = new Map(
      appointmentTypesOrNull.nodes.map((type: { pmsId: string; id: string }) => [type.pmsId, type.id]),
    );
    const types = appointmentsConnection.nodes.flatMap(({ type }: { type: object | null }) => type ?? []);
    expect(types.length).toBeGreaterThan(0);
    for (const { id, pmsId } of types) expect(id).toBe(known.get(pmsId));
  });

  it('are taken where a PMS id is', async () => {
    const { daysClosedOrNull } = await read();
    const [{ id }] = daysClosedOrNull.nodes;
    const { removedDayClosedId } = await change(
      'removeDaysClosed',
      `dayClosedId: "${id}"`,
      'removedDayClosedId',
    );
    expect(removedDayClosedId).toBe(id);
    const { usersConnection } = await read();
    const user = usersConnection.nodes.find(
      ({ daysAwayOrNull }: { daysAwayOrNull: { nodes: object[] } }) => daysAwayOrNull.nodes.length > 0,
    );
    const dayAwayId = user.daysAwayOrNull.nodes[0].id;
    const removed = await change(
      'removeUserDaysAway',
      `userId: "${user.id}" dayAwayId: "${dayAwayId}"`,
      'removedDayAwayId user { id }',
    );
    expect(removed.removedDayAwayId).toBe(dayAwayId);
  });
});

describe('payloads', () => {
  it('hold the edge of what is new or moved, and the id of what is cancelled', async () => {
    const { availableSlotsOrNull, appointmentTypesOrNull } = await read();
    const [slot, later] = availableSlotsOrNull.slots;
    const [type] = appointmentTypesOrNull.nodes;
    const [patientId] = activePatients(sandbox, 1);
    const edge = 'edge { cursor node { id start patient { fullName } } }';
    const booked = await change(
      'bookAppointment',
      `userId: "${slot.user.id}" patientId: "${patientId}" start: "${slot.start}" typeId: "${type.id}"`,
      edge,
    );
    expect(booked.edge.node.patient.fullName).toEqual(expect.any(String));
    const inBook = async () =>
      (
        await inPractice(
          `appointmentsConnection(from: "2026-11-30", to: "2026-12-04") { edges { cursor node { id start patient { fullName } } } }`,
        )
      ).appointmentsConnection.edges;
    expect(await inBook()).toContainEqual(booked.edge);
    const moved = await change(
      'moveAppointment',
      `appointmentId: "${booked.edge.node.id}" start: "${later.start}" userId: "${later.user.id}"`,
      edge,
    );
    expect(await inBook()).toContainEqual(moved.edge);
    const { cancelledAppointmentId } = await change(
      'cancelAppointment',
      `appointmentId: "${booked.edge.node.id}"`,
      'cancelledAppointmentId',
    );
    expect(cancelledAppointmentId).toBe(booked.edge.node.id);
  });

  it('hold the edge of a new patient', async () => {
    const edge = 'edge { cursor node { id fullName birthDate } }';
    const added = await change(
      'addPatient',
      'lastName: "Samplecache" firstName: "Tess" birthDate: "1980-01-31"',
      edge,
    );
    const { patientsConnection } = await inPractice(
      `patientsConnection(search: { name: "Samplecache" }) { edges { cursor node { id fullName birthDate } } }`,
    );
    expect(patientsConnection.edges).toEqual([added.edge]);
  });
});
