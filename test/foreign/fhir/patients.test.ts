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

describe('patients of a FHIR server that others wrote', () => {
  it('are found by name', async () => {
    practice = await openPractice([patient('1'), patient('2')]);
    const { data } = await practice.facade.ask(search, { search: { name: 'Testperson2' } });
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

  it('are found on all pages of a search', async () => {
    const everyone = Array.from({ length: 45 }, (_, index) => patient(`${index + 1}`));
    practice = await openPractice(everyone, { maxCount: 10 });
    const { data } = await practice.facade.ask(search, { search: { name: 'Terry' }, first: 100 });
    expect(data.practice.patients.edges).toHaveLength(45);
    expect(practice.requests).toHaveLength(5);
  });
});
