import { describe, expect, it } from 'vitest';
import { createBpPremier } from '../../../src/datasources/bp-premier/index.ts';
import type { PatientQuery, PatientSearch } from '../../../src/datasources/domain/patient.ts';
import type { FhirParameters } from '../../../src/datasources/halo-cloud/practice-connection.ts';
import { InvalidInput, OperationNotSupported, ResultTooLarge } from '../../../src/errors.ts';
import { nameCases } from '../../text/name-cases.ts';
import { membersOf } from '../source-members.ts';
import { capabilityWith, fakeConnection, sent } from './fake-connection.ts';
import { patient, practitioner, wholePatient } from './resources.ts';

const everybody = [
  patient('43', 'Zealtest', 'Ann'),
  patient('5', 'testwattle', 'Bo'),
  patient('44', 'Testwattle', 'Bo'),
  wholePatient,
  patient('45', '', 'Nameless'),
  practitioner('41', 'Not', 'Apatient'),
];

async function find(query: Partial<PatientQuery>) {
  const connection = fakeConnection({ resources: everybody });
  const found = await createBpPremier(connection).data.patients({ fields: {}, ...query });
  return { ids: found.map(({ pmsId }) => pmsId), sent: sent(connection, 'Patient') };
}

describe('patients by id', () => {
  it('are one search, ordered by last name, first name, number', async () => {
    const ids = ['43', '44', '5', '45', '41', '41', '99'];
    expect(await find({ ids })).toEqual({
      ids: ['45', '5', '44', '41', '43'],
      sent: [{ _id: '43,44,5,45,41,99', _count: '6' }],
    });
  });

  it('are only the requested ones', async () => {
    expect((await find({ ids: ['44'] })).ids).toEqual(['44']);
  });

  it('are not requested when no id is valid', async () => {
    expect(await find({ ids: ['44,45', '', "1'--"] })).toEqual({ ids: [], sent: [] });
  });
});

describe('a search', () => {
  it.each<[PatientSearch, object, string[]]>([
    [{ name: 'exa TEST' }, { name: 'exa & TEST,exa TEST' }, ['41']],
    [{ name: 'exie' }, { name: 'exie' }, ['41']],
    [{ name: 'bo,x' }, { name: 'bo & x' }, []],
    [{ birthDate: '1980-02-29' }, { birthdate: '1980-02-29' }, ['41']],
    [{ phone: '0491570006' }, { phone: expect.stringMatching(/^0491570006,0491 570 006,/) }, ['41']],
    [{ phone: '0255500012' }, { phone: expect.stringMatching(/^0255500012,02 5550 0012,/) }, ['41']],
    [{ email: 'EXIE@example.com' }, { email: 'EXIE@example.com' }, ['41']],
    [
      { medicareNumber: '2950987651' },
      {
        identifier: expect.stringMatching(
          /^http:\/\/ns\.electronichealth\.net\.au\/id\/medicare-number\|2950987651,/,
        ),
      },
      ['41'],
    ],
    [{ name: 'bo', birthDate: '1980-02-29' }, { name: 'bo', birthdate: '1980-02-29' }, []],
  ])(
    'for %j sends what FHIR calls it, and keeps only who matches all of it',
    async (search, parameters, ids) => {
      expect(await find({ search })).toEqual({ ids, sent: [{ ...parameters, _count: '500' }] });
    },
  );

  it('finds a patient by any of several e-mail addresses', async () => {
    const telecom = ['first@example.com', 'second@example.com'].map((value) => ({ system: 'email', value }));
    const { data } = createBpPremier(fakeConnection({ resources: [patient('1', 'A', 'B', { telecom })] }));
    const [found] = await data.patients({ search: { email: 'second@example.com' }, fields: {} });
    expect(found?.email).toBe('first@example.com');
  });

  it.each(['+61 (0)491 570 006', '0061 491 570 006', '0011 61 491 570 006'])(
    'G11: reads %s, with the country code, as the national number',
    async (value) => {
      const abroad = patient('1', 'A', 'B', { telecom: [{ system: 'phone', use: 'mobile', value }] });
      const { data } = createBpPremier(fakeConnection({ resources: [abroad] }));
      expect(await data.patients({ search: { phone: '0491570006' }, fields: {} })).toHaveLength(1);
    },
  );

  it('finds a patient by a number that no use is given for', async () => {
    const unused = patient('1', 'A', 'B', { telecom: [{ system: 'phone', value: '0491 570 006' }] });
    const { data } = createBpPremier(fakeConnection({ resources: [unused] }));
    expect(await data.patients({ search: { phone: '0491570006' }, fields: {} })).toHaveLength(1);
    expect(await data.patients({ search: { phone: '0491570007' }, fields: {} })).toHaveLength(0);
  });

  it.each<PatientSearch>([
    {},
    { name: '  ' },
    { phone: '', email: ' ' },
    { name: 'test', phone: '' },
    { name: 'test', medicareNumber: ' ' },
  ])('without criteria (%j) finds no patient', async (search) => {
    expect(await find({ search })).toEqual({ ids: [], sent: [] });
  });

  it('together with ids must match both', async () => {
    expect(await find({ ids: ['43', '44'], search: { name: 'test' } })).toEqual({
      ids: ['44'],
      sent: [{ _id: '43,44', name: 'test', _count: '2' }],
    });
  });

  it('continues after a patient, also after one who no longer matches', async () => {
    const search = { name: 'test' };
    expect((await find({ search })).ids).toEqual(['5', '44', '41']);
    expect(await find({ search, afterId: '5', limit: 1 })).toMatchObject({ ids: ['44'], sent: [{}] });
    expect((await find({ search, afterId: '45' })).ids).toEqual(['5', '44', '41']);
    await expect(find({ search, afterId: '999' })).rejects.toThrow(InvalidInput);
  });

  it('that matches half the practice is too large', async () => {
    const crowd = Array.from({ length: 2001 }, (_, n) => patient(String(n + 1), 'Crowdtest', 'A'));
    const { data } = createBpPremier(fakeConnection({ resources: crowd }));
    await expect(data.patients({ search: { name: 'crowd' }, limit: 10, fields: {} })).rejects.toThrow(
      ResultTooLarge,
    );
  });
});

describe('a site that lists few search parameters', () => {
  const capability = capabilityWith({
    Patient: ['_id', '_lastUpdated', 'given', 'birthdate', 'name', 'identifier'],
  });

  it('names the unsupported criterion', async () => {
    const { supports } = membersOf(createBpPremier(fakeConnection({ capability })));
    const supportsSearch = (search: PatientSearch) =>
      supports({ method: 'patients', query: { search, fields: {} } });
    expect(
      await supportsSearch({ name: 'test', birthDate: '1980-02-29', medicareNumber: '2950987651' }),
    ).toEqual({
      can: true,
    });
    expect(await supportsSearch({ name: 'test', phone: '0491570006' })).toEqual({
      can: false,
      reason: "Patient search by phone is not listed in this site's CapabilityStatement.",
    });
  });

  it('gets only these, and no request if there are none', async () => {
    const connection = fakeConnection({ resources: everybody, capability });
    const { data } = createBpPremier(connection);
    const both = await data.patients({ search: { name: 'test', email: 'exie@example.com' }, fields: {} });
    expect(both.map(({ pmsId }) => pmsId)).toEqual(['41']);
    expect(sent(connection, 'Patient')).toEqual([{ name: 'test', _count: '500' }]);
    await expect(data.patients({ search: { email: 'exie@example.com' }, fields: {} })).rejects.toThrow(
      OperationNotSupported,
    );
    expect(connection.calls).toHaveLength(1);
  });
});

describe('B4: a site that does not list name', () => {
  const listing = (...parameters: string[]) => capabilityWith({ Patient: ['_id', ...parameters] });
  /** Finds by the beginning of a whole family or given name, as a strict server does. */
  const strict = ({ parameters }: { readonly parameters: FhirParameters }) =>
    everybody.filter((resource) => {
      const names = (resource.name ?? []) as readonly { family?: string; given?: readonly string[] }[];
      return parameters.every(([name, value]) => {
        const parts = names.flatMap(({ family = '', given = [] }) => (name === 'family' ? [family] : given));
        const begins = (form: string) =>
          parts.some((part) => part.toLowerCase().startsWith(form.toLowerCase()));
        return !['family', 'given'].includes(name) || value.split(',').some(begins);
      });
    });
  const searched = async (search: PatientSearch, ...parameters: string[]) => {
    const connection = fakeConnection({ answer: strict, capability: listing(...parameters) });
    const { data, supports } = membersOf(createBpPremier(connection));
    const support = await supports({ method: 'patients', query: { search, fields: {} } });
    const found = await data.patients({ search, fields: {} });
    return { support, ids: found.map(({ pmsId }) => pmsId), sent: sent(connection, 'Patient') };
  };

  it('is searched by family and given name, for the most selective word', async () => {
    for (const [name, ids] of [
      ['bo testwattle', ['5', '44']],
      ['Zealtest, Ann', ['43']],
      ['ann', ['43']],
      ['zeal', ['43']],
    ] as const) {
      const { support, ...answer } = await searched({ name }, 'given', 'family', 'birthdate', 'identifier');
      expect(answer.ids, name).toEqual(ids);
      expect(answer.sent.map((each) => Object.keys(each)[0])).toEqual(['family', 'given']);
      expect(support).toEqual({ can: true });
    }
  });

  it('is searched by the other criteria, in one call', async () => {
    const {
      ids,
      sent: requested,
      support,
    } = await searched({ name: 'exa', birthDate: '1980-02-29' }, 'birthdate', 'given');
    expect(ids).toEqual(['41']);
    expect(requested).toEqual([{ birthdate: '1980-02-29', _count: '500' }]);
    expect(support).toEqual({ can: true });
  });

  it('is searched by the one part that it lists', async () => {
    expect((await searched({ name: 'bo testwattle' }, 'family')).sent).toEqual([
      { family: 'bo,testwattle,bo testwattle', _count: '500' },
    ]);
    await expect(searched({ name: 'bo' }, 'identifier')).rejects.toThrow(OperationNotSupported);
  });
});

describe('B1, B2: every result of a server is checked against the words of all names', () => {
  const stored = nameCases.map(({ names }, index) => ({
    ...patient(String(index + 1), names.lastName ?? '', ''),
    name: [
      {
        use: 'official',
        family: names.lastName,
        given: [names.firstName, names.middleName].filter((name) => name !== undefined),
      },
      ...(names.preferredName === undefined ? [] : [{ use: 'nickname', given: [names.preferredName] }]),
    ],
  }));
  const { data } = createBpPremier(fakeConnection({ resources: stored }));
  const found = async (name: string) =>
    (await data.patients({ search: { name }, fields: {} })).map(({ pmsId }) => pmsId);

  it.each(
    nameCases.map(({ names, finds, findsNot }, index) => ({ names, finds, findsNot, id: String(index + 1) })),
  )('$names', async ({ finds, findsNot, id }) => {
    for (const search of finds) expect(await found(search), search).toContain(id);
    for (const search of findsNot) expect(await found(search), search).not.toContain(id);
  });

  it('G6: a later given name, a second word of one, a maiden name, a name that is only a text', async () => {
    const resources = [
      { ...patient('1', 'Silva', ''), name: [{ family: 'Silva', given: ['Ana', 'Maria', 'Luzia'] }] },
      { ...patient('2', 'Berg', ''), name: [{ family: 'Berg', given: ['Mary Ann'] }] },
      { ...patient('3', 'New', ''), name: [{ family: 'New' }, { use: 'maiden', family: 'Olden' }] },
      { ...patient('4', '', ''), name: [{ text: "Mary-Anne O'Brien" }] },
    ];
    const { data: four } = createBpPremier(fakeConnection({ resources }));
    for (const [name, id] of [
      ['luzia', '1'],
      ['ann', '2'],
      ['olden', '3'],
      ['obrien mary', '4'],
    ] as const) {
      const ids = (await four.patients({ search: { name }, fields: {} })).map(({ pmsId }) => pmsId);
      expect(ids, name).toContain(id);
    }
  });

  it('a server that compares whole name parts gets these, too', async () => {
    const connection = fakeConnection({ resources: [] });
    const { data: empty } = createBpPremier(connection);
    for (const name of ["O'Brien", 'Van der Berg, Mary', 'Zoë', 'Smith-Jones', 'a|b$c\\d'])
      await empty.patients({ search: { name }, fields: {} });
    expect(sent(connection, 'Patient').map((each) => each.name)).toEqual([
      "O'Brien,O’Brien,OBrien",
      'Van & der,Van der & Berg,der Berg,Van der Berg & Mary',
      'Zoë,Zoe',
      'Smith & Jones,Smith-Jones',
      'a & b,a\\|b & c,b\\$c,a\\|b\\$c & d,c\\\\d,b\\$c\\\\d,a\\|b\\$c\\\\d',
    ]);
  });
});

describe('_elements', () => {
  it('is sent where it is listed: what is read, and what the check of the search reads', async () => {
    const connection = fakeConnection({
      resources: everybody,
      capability: capabilityWith({ Patient: ['_id', 'phone', '_elements'] }),
    });
    const { data } = createBpPremier(connection);
    await data.patients({ ids: ['41'], fields: { fullName: {}, status: {} } });
    await data.patients({ search: { phone: '0491570006' }, fields: { medicare: {} } });
    expect(sent(connection, 'Patient').map(({ _elements }) => _elements)).toEqual([
      'id,name,active,deceased',
      'id,name,identifier,telecom',
    ]);
  });
});
