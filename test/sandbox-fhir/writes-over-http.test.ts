import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { defaultKey, type RunningSandbox, startSandbox } from '../../sandbox/server/start.ts';
import { type Body, practiceOf, today } from './known-practice.ts';

let sandbox: RunningSandbox;
beforeAll(async () => {
  sandbox = await startSandbox({ today, now: () => Date.parse(`${today}T10:11:12+11:00`) });
});
afterAll(() => sandbox.close());

async function send(method: string, path: string, resource?: Body, fault?: string, bpSiteId = '9001') {
  const { haloGuid } = practiceOf(bpSiteId);
  const response = await fetch(`${sandbox.url}/integrator/sites/${haloGuid}/fhir/R4/${path}`, {
    method,
    headers: {
      'ocp-apim-subscription-key': defaultKey,
      'content-type': 'application/fhir+json',
      ...(fault && { 'x-sandbox-fault': fault }),
    },
    ...(resource && { body: JSON.stringify(resource) }),
  });
  return { status: response.status, body: (await response.json()) as Body };
}
const read = async (path: string): Promise<Body> => (await send('GET', path)).body;

const phone = (value: string) => ({ telecom: [{ system: 'phone', use: 'work', value }] });
const writes: readonly (readonly [string, (step: number) => object])[] = [
  ['Patient/7', (step) => ({ birthDate: `1970-01-0${step}` })],
  ['Practitioner/2', (step) => phone(`(02) 5550 100${step}`)],
  [
    'PractitionerRole/2-1',
    (step) => ({
      notAvailable: [
        { description: 'Conference', during: { start: `2027-01-0${step}`, end: `2027-01-0${step}` } },
      ],
    }),
  ],
  [
    'Location/1',
    (step) => ({
      hoursOfOperation: [{ daysOfWeek: ['tue'], openingTime: `0${step}:00:00`, closingTime: '18:00:00' }],
    }),
  ],
];

describe.each(writes)('PUT %s', (path, differences) => {
  const put = async (step: number, fault?: string) =>
    send('PUT', path, { ...(await read(path)), ...differences(step) }, fault);

  test('is executed and answered', async () => {
    expect(await put(1)).toMatchObject({ status: 200, body: differences(1) });
    expect(await read(path)).toMatchObject(differences(1));
  });

  test('504-after and cut-after: executed, not answered', async () => {
    expect((await put(2, '504-after')).status).toBe(504);
    expect(await read(path)).toMatchObject(differences(2));
    await expect(put(3, 'cut-after')).rejects.toThrow();
    expect(await read(path)).toMatchObject(differences(3));
  });

  test('cut-before and offline: not executed', async () => {
    const before = await read(path);
    await expect(put(4, 'cut-before')).rejects.toThrow();
    expect((await put(4, 'offline')).status).toBe(503);
    expect(await read(path)).toEqual(before);
  });
});

test('POST Patient under the same faults', async () => {
  const count = () => sandbox.database('9001').all('SELECT 1 FROM PATIENTS').length;
  const patient = { resourceType: 'Patient', name: [{ family: 'Sampleford' }] };
  const before = count();
  expect((await send('POST', 'Patient', patient)).status).toBe(201);
  expect((await send('POST', 'Patient', patient, '504-after')).status).toBe(504);
  await expect(send('POST', 'Patient', patient, 'cut-after')).rejects.toThrow();
  await expect(send('POST', 'Patient', patient, 'cut-before')).rejects.toThrow();
  expect(count()).toBe(before + 3);
});

test('a refusal is an OperationOutcome', async () => {
  expect(await send('PUT', 'Patient/7', { ...(await read('Patient/7')), active: false })).toMatchObject({
    status: 422,
    body: { resourceType: 'OperationOutcome', issue: [{ code: 'business-rule' }] },
  });
});

test('a practice without what is assumed knows patients only', async () => {
  const patient = { resourceType: 'Patient', name: [{ family: 'Sampleford' }] };
  expect((await send('POST', 'Patient', patient, undefined, '1006')).status).toBe(201);
  const { body } = await send('GET', 'Practitioner/2', undefined, undefined, '1006');
  expect((await send('PUT', 'Practitioner/2', body, undefined, '1006')).status).toBe(405);
});
