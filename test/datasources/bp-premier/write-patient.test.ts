import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readPatient as readOn } from '../../../src/datasources/bp-premier/read-patient.ts';
import {
  newPatient as newPatientOn,
  withDetails as withDetailsOn,
} from '../../../src/datasources/bp-premier/write-patient.ts';
import type { Address, Patient } from '../../../src/datasources/domain/patient.ts';
import type { PatientDetails } from '../../../src/datasources/domain/patient-writes.ts';
import type { FhirResource } from '../../../src/datasources/halo-cloud/practice-connection.ts';
import { allDetails, someDetails, storedPatient, unreadable } from './patient-arbitraries.ts';
import { today, wholePatient } from './resources.ts';

const readPatient = (resource: FhirResource) => readOn(resource, today);
const newPatient = (details: PatientDetails) => newPatientOn(details, today);
const withDetails = (resource: FhirResource, details: Partial<PatientDetails>) =>
  withDetailsOn(resource, details, today);

/** The details read from a resource, in the form of the input: an absent sex is UNKNOWN. */
function detailsOf(resource: FhirResource): PatientDetails {
  const { pmsId: _, status: __, ihi: ___, usualUserId: ____, ...details } = readPatient(resource);
  const asWritten = (address: Address | null) => {
    if (address === null) return null;
    const { state: _, country: __, ...rest } = address;
    return rest;
  };
  const postal = asWritten(details.postalAddress);
  const { line2: _line2, ...postalAddress } = postal ?? { line2: null };
  return {
    ...details,
    sex: details.sex ?? 'UNKNOWN',
    address: asWritten(details.address),
    postalAddress: postal && (postalAddress as PatientDetails['postalAddress']),
  };
}

const lists = ['name', 'telecom', 'address', 'identifier'] as const;
const entriesOf = (resource: FhirResource) =>
  lists.flatMap((field) => (Array.isArray(resource[field]) ? (resource[field] as unknown[]) : []));

describe('a written patient', () => {
  it('is read back as written, for any patient', () => {
    fc.assert(
      fc.property(allDetails, (details) => {
        const resource = { ...newPatient(details), id: '1' };
        expect(detailsOf(JSON.parse(JSON.stringify(resource)) as FhirResource)).toEqual(details);
        expect(readPatient(resource)).toMatchObject({ status: 'ACTIVE', ihi: null, usualUserId: null });
      }),
      { numRuns: 300 },
    );
  });

  it('is read back as written, and the rest stays as before', () => {
    fc.assert(
      fc.property(storedPatient, someDetails, (stored, details) => {
        const before = structuredClone(stored);
        const after = withDetails(stored, details);
        expect(detailsOf(after)).toEqual({ ...detailsOf(stored), ...details });
        expect(stored).toEqual(before);
        const others = ({ status, ihi, usualUserId }: Patient) => ({ status, ihi, usualUserId });
        expect(others(readPatient(after))).toEqual(others(readPatient(stored)));
      }),
      { numRuns: 400 },
    );
  });

  it('keeps everything that was not written', () => {
    fc.assert(
      fc.property(storedPatient, someDetails, (stored, details) => {
        const after = withDetails(stored, details);
        const kept = entriesOf(after);
        for (const entry of entriesOf(stored)) if (unreadable.includes(entry)) expect(kept).toContain(entry);
        if (!Object.values(details).includes(null)) {
          for (const field of lists) {
            const count = (resource: FhirResource) => ((resource[field] as unknown[]) ?? []).length;
            expect(count(after)).toBeGreaterThanOrEqual(count(stored));
          }
        }
        const { name, telecom, address, identifier, gender, birthDate, ...rest } = stored;
        expect(after).toMatchObject(rest);
      }),
      { numRuns: 400 },
    );
  });

  it('is the same object when nothing changes', () => {
    fc.assert(
      fc.property(storedPatient, someDetails, (stored, details) => {
        const once = withDetails({ gender: 'unknown', ...stored }, details);
        expect(withDetails(once, details)).toBe(once);
        const { sex, ...same } = detailsOf(once);
        expect(withDetails(once, same)).toBe(once);
      }),
      { numRuns: 300 },
    );
  });
});

describe('a new patient', () => {
  it('is written as AU Base has it', () => {
    const { id, generalPractitioner, ...written } = wholePatient;
    const identifier = (wholePatient.identifier as unknown[]).slice(0, 2);
    const telecom = (wholePatient.telecom as { value: string }[]).map((point) => ({
      ...point,
      value: point.value.trim(),
    }));
    const address = (wholePatient.address as object[]).map((each) => ({ ...each, country: undefined }));
    expect(newPatient(detailsOf(wholePatient))).toEqual({ ...written, identifier, telecom, address });
  });

  it('has no element for unknown details, except the first name', () => {
    const empty = Object.fromEntries(
      Object.keys(detailsOf(wholePatient)).map((detail) => [detail, null]),
    ) as unknown as PatientDetails;
    const written = newPatient({ ...empty, sex: 'UNKNOWN', middleName: 'Middle' });
    expect(written).toEqual({
      resourceType: 'Patient',
      active: true,
      gender: 'unknown',
      name: [
        {
          use: 'official',
          given: [null, 'Middle'],
          _given: [
            {
              extension: [
                {
                  url: 'http://hl7.org/fhir/StructureDefinition/data-absent-reason',
                  valueCode: 'unknown',
                },
              ],
            },
            null,
          ],
        },
      ],
    });
  });
});

describe('a detail', () => {
  const nothing = { resourceType: 'Patient', id: '1' };

  it.each(Object.entries(detailsOf(wholePatient)).filter(([detail]) => detail !== 'sex'))(
    'is taken away by null and nothing else with it: %s',
    (detail) => {
      const after = withDetails(wholePatient, { [detail]: null });
      expect(readPatient(after)).toEqual({ ...readPatient(wholePatient), [detail]: null });
    },
  );

  it('removes all phones of its kind, not only the one that was shown', () => {
    const telecom = ['0255500011', '0255500012'].map((value) => ({ system: 'phone', use: 'home', value }));
    expect(withDetails({ ...nothing, telecom }, { homePhone: null })).toEqual(nothing);
  });

  it('with a new value replaces the first one, in its element', () => {
    const telecom = [
      { system: 'fax', value: '1' },
      { id: 'a', system: 'email', value: 'old@example.com', _value: { id: 'x' }, rank: 1 },
      { system: 'email', value: 'other@example.com' },
    ];
    expect(withDetails({ ...nothing, telecom }, { email: 'new@example.com' }).telecom).toEqual([
      { system: 'fax', value: '1' },
      { id: 'a', system: 'email', value: 'new@example.com', rank: 1 },
      { system: 'email', value: 'other@example.com' },
    ]);
  });

  it('of a name keeps its other parts, and removes the text with the old name', () => {
    const name = [
      {
        use: 'official',
        text: 'Dr Old Middle Name',
        family: 'Name',
        _family: { id: 'f' },
        given: ['Old', 'Middle'],
        _given: [{ id: 'a' }, { id: 'b' }],
        prefix: ['Dr'],
        suffix: ['OAM'],
      },
    ];
    expect(withDetails({ ...nothing, name }, { firstName: 'New' }).name).toEqual([
      {
        use: 'official',
        family: 'Name',
        _family: { id: 'f' },
        given: ['New', 'Middle'],
        _given: [null, { id: 'b' }],
        prefix: ['Dr'],
        suffix: ['OAM'],
      },
    ]);
    expect(withDetails({ ...nothing, name }, { lastName: 'Other', firstName: 'Old' }).name).toMatchObject([
      { family: 'Other', given: ['Old', 'Middle'], _given: [{ id: 'a' }, { id: 'b' }] },
    ]);
  });

  it('keeps the other names of the patient', () => {
    const name = [
      { use: 'official', family: 'Name', prefix: ['Dr', 'Prof.'] },
      { use: 'usual', given: ['Exie', 'Ex'] },
    ];
    const after = withDetails({ ...nothing, name }, { title: 'Ms', preferredName: 'Em' });
    expect(after.name).toEqual([
      { use: 'official', family: 'Name', prefix: ['Ms', 'Prof.'] },
      { use: 'usual', given: ['Em', 'Ex'] },
    ]);
  });

  it('that was the only part of a name removes the name', () => {
    const name = [{ use: 'official', text: 'Only', given: ['Only'] }];
    expect(withDetails({ ...nothing, name }, { firstName: null })).toEqual(nothing);
    const former = { use: 'maiden', family: 'Former' };
    expect(withDetails({ ...nothing, name: [former, ...name] }, { firstName: null }).name).toEqual([former]);
  });

  it('that replaces an address for home and mail leaves the other one', () => {
    const both = { use: 'home', type: 'both', line: ['1 Sample Street'], city: 'Wattle Flat' };
    const moved = { line1: '2 Sample Street', line2: null, suburb: 'Wattle Flat', postcode: '2000' };
    const home = {
      use: 'home',
      type: 'physical',
      line: ['2 Sample Street'],
      city: 'Wattle Flat',
      postalCode: '2000',
    };
    const stored = { ...nothing, address: [both] };
    expect(withDetails(stored, { address: moved }).address).toEqual([{ ...both, type: 'postal' }, home]);
    expect(withDetails(stored, { address: null }).address).toEqual([{ ...both, type: 'postal' }]);
    expect(withDetails(stored, { postalAddress: null }).address).toEqual([{ ...both, type: 'physical' }]);
  });

  it('with a new address keeps only the country of the old one', () => {
    const address = [
      {
        use: 'home',
        text: '1 Sample Street',
        line: ['1 Sample Street'],
        _line: [{ id: 'l' }],
        city: 'Wattle Flat',
        district: 'Here',
        state: 'NSW',
        postalCode: '2000',
        country: 'Australia',
      },
    ];
    const moved = { line1: null, line2: null, suburb: 'Tweed Heads', postcode: '2485' };
    expect(withDetails({ ...nothing, address }, { address: moved }).address).toEqual([
      { use: 'home', city: 'Tweed Heads', postalCode: '2485', country: 'Australia' },
    ]);
  });

  it('of a card that is valid as long as before keeps its period', () => {
    const [card] = wholePatient.identifier as object[];
    const identifier = [{ ...card, period: { start: '2020-01', end: '2027-03-31' } }];
    const medicare = { number: '2950987651', individualReferenceNumber: '2', expiry: '03/2027' };
    expect(withDetails({ ...nothing, identifier }, { medicare }).identifier).toEqual([
      { ...identifier[0], value: '29509876512' },
    ]);
  });

  it('of a renewed card keeps the day that it is valid from, that of another card does not', () => {
    const [card] = wholePatient.identifier as object[];
    const identifier = [{ ...card, period: { start: '2020-01', end: '2027-03-31' } }];
    const periodWith = (number: string) => {
      const medicare = { number, individualReferenceNumber: '2', expiry: '04/2032' };
      const [written] = withDetails({ ...nothing, identifier }, { medicare }).identifier as {
        period: unknown;
      }[];
      return written?.period;
    };
    expect(periodWith('2950987651')).toEqual({ start: '2020-01', end: '2032-04' });
    expect(periodWith('2950123481')).toEqual({ end: '2032-04' });
  });

  it('of a card that has only expired keeps the rest of it', () => {
    const [medicare, dva] = wholePatient.identifier as { type: unknown }[];
    const after = withDetails(wholePatient, {
      medicare: { number: '2950987651', individualReferenceNumber: '3', expiry: '04/2032' },
      dva: { number: 'NX000002', type: 'White' },
    });
    expect(after.identifier).toEqual([
      { ...medicare, period: { end: '2032-04' } },
      { ...dva, value: 'NX000002' },
      (wholePatient.identifier as unknown[])[2],
    ]);
  });

  it.each(lists)('does not overwrite a value that is not a list: %s', (field) => {
    expect(() => withDetails({ ...nothing, [field]: { 0: 'odd' } }, { lastName: 'New' })).toThrow(
      expect.objectContaining({ code: 'UPSTREAM_FAILED' }),
    );
  });
});
