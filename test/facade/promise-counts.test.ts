/** A promise costs more than a row. Their number depends on the operation, never on the number of rows. */
import { createHook } from 'node:async_hooks';
import { expect, it } from 'vitest';
import { appointment, fakeHalo, patient, practiceData, user } from '../resolvers/fake-halo.ts';

const dayBook = `{ practice(bpSiteId: "1001") { ... on Practice {
  appointments(from: "2026-11-23", first: 500) { ... on AppointmentConnection { nodes {
    id pmsId start end durationMinutes status reason type { name }
    patient { pmsId fullName birthDate mobilePhone } user { pmsId displayName } practice { bpSiteId }
  } } ... on HaloError { code message } } } } }`;

/** A day book whose rows came with patient and user, as both sources give them. */
function haloWith(count: number) {
  const rows = Array.from({ length: count }, (_, index) => {
    const row = appointment(index + 1);
    return { ...row, patient: patient(Number(row.patientId)), user: user(Number(row.userId)) };
  });
  return fakeHalo({ practices: { '1001': { data: { ...practiceData(), appointments: async () => rows } } } });
}

/** Promises from the request to the answer's text, once what is compiled is compiled. */
async function promisesFor(count: number): Promise<number> {
  const halo = haloWith(count);
  for (let time = 0; time < 5; time++) {
    const { data } = await halo.execute(dayBook);
    expect(data.practice.appointments.nodes).toHaveLength(count);
  }
  let promises = 0;
  const hook = createHook({
    init: (_id, type) => {
      if (type === 'PROMISE') promises += 1;
    },
  }).enable();
  await halo.execute(dayBook);
  hook.disable();
  return promises;
}

it('a longer day book makes no more promises', async () => {
  const few = await promisesFor(10);
  expect(await promisesFor(100)).toBe(few);
  expect(few).toBeLessThan(200);
});
