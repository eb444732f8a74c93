/** Every member of every mutation's union, through the whole facade, by a state or fault of the sandbox. */
import { afterAll, describe, expect, it } from 'vitest';
import { practices } from '../../sandbox/practices.ts';
import { openFacade } from '../open-facade.ts';
import { activePatients, openBookingClient, ownSandbox, type Slot, type Verb } from './booking-client.ts';
import { failures, members } from './union-failures.ts';

const sandbox = await ownSandbox();
afterAll(() => sandbox.close());

const { haloGuid = '' } = practices.find(({ bpSiteId }) => bpSiteId === '1001') ?? {};
const bySql = openBookingClient(sandbox, { source: 'sql-passthrough' });
afterAll(() => bySql.close());
const day = '2026-11-30';
const [patientId = '', otherPatient = ''] = activePatients(sandbox, 2);
const book = async (slot: Slot): Promise<string> =>
  (await bySql.write('book', { ...slot, patientId: otherPatient })).appointment.pmsId;

/** A valid input for a new appointment. */
async function working(verb: Verb): Promise<object> {
  const [first, second] = (await bySql.freeSlots(day, 30)) as [Slot, Slot];
  if (verb === 'book') return { ...first, patientId };
  const change = { appointmentId: await book(first) };
  if (verb === 'move') return { ...change, start: second.start, userId: second.userId };
  return verb === 'update' ? { ...change, reason: 'Sample' } : change;
}

/** An input that takes the time of another appointment. */
async function colliding(verb: Verb): Promise<object> {
  const slots = await bySql.freeSlots(day, 45);
  const first = slots[0] as Slot;
  const [, next] = (await bySql.freeSlots(day)).filter(({ userId }) => userId === first.userId) as [
    Slot,
    Slot,
  ];
  const taken = await book(verb === 'update' ? next : first);
  expect(taken).toBeDefined();
  if (verb === 'book') return { ...first, patientId };
  if (verb === 'update') return { appointmentId: await book(first), durationMinutes: 45 };
  return { appointmentId: await book(next), start: first.start };
}

const oneCall = ['update', 'cancel', 'arrive'];
const ofReads = ['QueryTimedOut', 'ResultTooLarge', 'UpstreamFailed'];

describe.each(['book', 'update', 'move', 'cancel', 'arrive'] as const)('%sAppointment', (verb) => {
  const name = `${verb.slice(0, 1).toUpperCase()}${verb.slice(1)}Appointment`;

  it('answers its payload', async () => {
    expect((await bySql.write(verb, await working(verb))).__typename).toBe(`${name}Payload`);
  });

  it.each(Object.entries(failures))('answers %s', async (type, { fault, facade, input }) => {
    // By SQL the change is the first call: such a response leaves its outcome open. By FHIR the appointment is read first.
    const source = oneCall.includes(verb) && ofReads.includes(type) ? 'bp-premier' : 'sql-passthrough';
    const client = openBookingClient(sandbox, { source, ...facade });
    const refused = oneCall.includes(verb) && type === 'PmsError' ? 'proc-error-before' : fault;
    try {
      if (source === 'bp-premier') await client.freeSlots(day);
      const answer = await client.write(verb, { ...(await working(verb)), ...input }, refused);
      expect(answer.__typename, JSON.stringify(answer)).toBe(type);
    } finally {
      await client.close();
    }
  });

  const takesTime = !['cancel', 'arrive'].includes(verb);
  if (takesTime) {
    it('answers SlotTaken', async () => {
      expect((await bySql.write(verb, await colliding(verb))).__typename).toBe('SlotTaken');
    });
  }

  it('has no other member', () => {
    const reached = [`${name}Payload`, ...Object.keys(failures), ...(takesTime ? ['SlotTaken'] : [])];
    expect(members(`${name}Result`)).toEqual(reached.sort());
  });
});

describe('pairSite', () => {
  const facade = openFacade({ baseUrl: sandbox.url });
  afterAll(() => facade.close());
  const query = `mutation ($input: PairSiteInput!) { pairSite(input: $input) { __typename
    ... on PairSitePayload { site { haloGuid pmsSiteId availability practice { bpSiteId } } }
    ... on InvalidInput { issues { path message } } ... on HaloError { code message retryable } } }`;
  const pairSite = async (input: object, fault?: string) => {
    const variables = { input: { pmsSiteId: '1001', pairingCode: 'SANDBX', ...input } };
    const answer = await facade.execute(
      query,
      variables,
      fault ? { 'x-sandbox-fault': `1001:${fault}` } : {},
    );
    expect(answer.errors).toBeUndefined();
    expect(answer.cost.charged).toBe(0);
    return answer.data.pairSite;
  };
  const scenarios: Readonly<Record<string, Parameters<typeof pairSite>>> = {
    PairSitePayload: [{}],
    InvalidInput: [{ pairingCode: 'WRONG1' }],
    NotFound: [{ pmsSiteId: '4040' }],
    AccessDenied: [{}, 'ip-not-allowed'],
    RateLimited: [{}, '429'],
    UpstreamFailed: [{}, 'pair-fails'],
  };

  it.each(Object.entries(scenarios))('answers %s', async (type, [input, fault]) => {
    const answer = await pairSite(input, fault);
    expect(answer.__typename, JSON.stringify(answer)).toBe(type);
  });

  it('has no other member', () => {
    expect(members('PairSiteResult')).toEqual(Object.keys(scenarios).sort());
  });

  it('answers the site, and says which field holds the code', async () => {
    expect((await pairSite({})).site).toMatchObject({ haloGuid, practice: { bpSiteId: '1001' } });
    expect((await pairSite({ pairingCode: 'WRONG1' })).issues).toMatchObject([
      { path: ['input', 'pairingCode'] },
    ]);
    expect((await pairSite({ pairingCode: ' ' })).issues).toMatchObject([{ path: ['input', 'pairingCode'] }]);
  });

  it('the code is in no log', () => {
    expect(facade.log.join('\n')).not.toMatch(/SANDBX|WRONG1/);
  });
});
