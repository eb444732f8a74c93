/** Patients as HL7 Australia's profiles and R4's own examples have them, on a server that compares tokens exactly. */
import type { Patient } from '@medplum/fhirtypes';
import { afterEach, describe, expect, it } from 'vitest';
import { bpSiteId } from './halo-shell.ts';
import { type ForeignPractice, openPractice, patient } from './practice.ts';

let practice: ForeignPractice;
afterEach(() => practice.close());

const search = `query ($search: PatientSearch!, $first: Int) {
  practice(bpSiteId: "${bpSiteId}") {
    ... on Practice {
      patients(search: $search, first: $first) {
        __typename
        ... on PatientConnection { edges { node { pmsId firstName lastName birthDate sex } } }
        ... on HaloError { message }
      }
    }
  }
}`;

const find = async (wanted: object, first = 50) => {
  const { data } = await practice.facade.execute(search, { search: wanted, first });
  return data.practice.patients.edges.map(({ node }: { node: { pmsId: string } }) => node.pmsId);
};

const medicareSystem = 'http://ns.electronichealth.net.au/id/medicare-number';

describe('a search', () => {
  it('finds a patient by name', async () => {
    practice = await openPractice([patient('1'), patient('2')]);
    const { data } = await practice.facade.execute(search, { search: { name: 'Testperson2' } });
    expect(data.practice.patients.edges).toEqual([
      {
        node: {
          pmsId: '2',
          firstName: 'Terry',
          lastName: 'Testperson2',
          birthDate: '1980-02-29',
          sex: 'OTHER',
        },
      },
    ]);
  });

  it('finds those on all pages', async () => {
    const everyone = Array.from({ length: 45 }, (_, index) => patient(`${index + 1}`));
    practice = await openPractice(everyone, { maxCount: 12 });
    expect(await find({ name: 'Terry' }, 100)).toHaveLength(45);
    expect(practice.requests).toHaveLength(4);
  });

  it('stops after the four pages that its price covers', async () => {
    const everyone = Array.from({ length: 45 }, (_, index) => patient(`${index + 1}`));
    practice = await openPractice(everyone, { maxCount: 10 });
    const { data } = await practice.facade.execute(search, { search: { name: 'Terry' } });
    expect(data.practice.patients.__typename).toBe('ResultTooLarge');
    expect(practice.requests).toHaveLength(4);
  });

  it('G8: ignores included resources, and treats too few matches as a failure', async () => {
    const everyone = Array.from({ length: 10 }, (_, index) => patient(`${index + 1}`));
    const included = Array.from({ length: 4 }, (_, index) => patient(`${index + 21}`));
    practice = await openPractice(everyone, { included });
    expect(await find({ name: 'Terry' })).toHaveLength(10);
    await practice.close();
    practice = await openPractice(everyone, { included, maxCount: 6, withoutNext: true });
    const { data } = await practice.facade.execute(search, { search: { name: 'Terry' } });
    expect(data.practice.patients.__typename).toBe('UpstreamFailed');
  });

  it.each<[string, string, Patient['name']]>([
    ['G1: a usual name alone', 'Nguyen', [{ use: 'usual', family: 'Nguyen', given: ['Linh'] }]],
    ['G6: the third given name', 'Luzia', [{ family: 'Sample', given: ['Ana', 'Maria', 'Luzia'] }]],
    ['G6: the second word of a given name', 'Ann', [{ family: 'Sample', given: ['Mary Ann'] }]],
    [
      'G6: a maiden name',
      'Formerly',
      [
        { use: 'official', family: 'Sample', given: ['Ana'] },
        { use: 'maiden', family: 'Formerly' },
      ],
    ],
    ['G9: a name that is a text alone', "Mary-Anne O'Brien", [{ text: "Mary-Anne O'Brien" }]],
  ])('finds %s', async (_, wanted, name) => {
    practice = await openPractice([patient('1', { name }), patient('2')]);
    expect(await find({ name: wanted })).toEqual(['1']);
  });

  it.each(['49516516711', '4951651671', '4951 65167 1', '4951 65167 1 1', '4951651671/1'])(
    'G2: finds the Medicare number that is stored as %s',
    async (value) => {
      practice = await openPractice([
        patient('1', { identifier: [{ system: medicareSystem, value }] }),
        patient('2', { identifier: [{ system: medicareSystem, value: '29509876511' }] }),
      ]);
      expect(await find({ medicareNumber: '4951651671' })).toEqual(['1']);
    },
  );

  it.each(['0491 572 665', '0491572665', '+61 491 572 665', '(03) 5550 6677', '03 5550 6677'])(
    'G11: finds the phone that is stored as %s',
    async (value) => {
      const telecom: Patient['telecom'] = [{ system: 'phone', value }];
      practice = await openPractice([patient('1', { telecom }), patient('2')]);
      const national = value.replace(/\D/g, '').replace(/^61/, '0');
      expect(await find({ phone: national })).toEqual(['1']);
    },
  );
});

describe('an update', () => {
  const update = async (details: object) => {
    const { data } = await practice.facade.execute(
      `mutation ($input: UpdatePatientInput!) {
        updatePatient(input: $input) { __typename ... on HaloError { message } }
      }`,
      { input: { bpSiteId, patientId: '1', ...details } },
    );
    expect(data.updatePatient).toEqual({ __typename: 'UpdatePatientPayload' });
    return practice.repository.readResource<Patient>('Patient', '1');
  };

  it('G1: of the last name changes the usual name, and keeps its first name', async () => {
    practice = await openPractice([
      patient('1', { name: [{ use: 'usual', family: 'Nguyen', given: ['Linh'] }] }),
    ]);
    expect((await update({ lastName: 'Tran' })).name).toEqual([
      { use: 'usual', family: 'Tran', given: ['Linh'] },
    ]);
  });

  it('G3: of the Medicare card leaves the old one', async () => {
    const old = {
      use: 'old',
      system: medicareSystem,
      value: '39509876511',
      period: { end: '2015-05' },
    } as const;
    const current = {
      use: 'official',
      system: medicareSystem,
      value: '29501234811',
      period: { end: '2029-05' },
    } as const;
    practice = await openPractice([patient('1', { identifier: [old, current] })]);
    const medicare = { number: '2950123481', individualReferenceNumber: '1', expiry: '06/2034' };
    expect((await update({ medicare })).identifier).toEqual([
      old,
      { ...current, period: { end: '2034-06' } },
    ]);
  });

  it('G9: of the postcode keeps the third line of the address', async () => {
    const line = ['c/- Sample', 'Unit 2', '1 Sample Street'];
    practice = await openPractice([
      patient('1', {
        address: [{ use: 'home', line, city: 'Wattle Flat', state: 'NSW', postalCode: '2000' }],
      }),
    ]);
    const address = {
      line1: line[0],
      line2: line.slice(1).join(', '),
      suburb: 'Wattle Flat',
      postcode: '2795',
    };
    expect((await update({ address })).address).toEqual([
      { use: 'home', line, city: 'Wattle Flat', postalCode: '2795' },
    ]);
  });
});
