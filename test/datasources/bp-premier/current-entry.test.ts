/** Patients as other people's servers hold them: which of several entries counts, in reading and in updating. */
import { describe, expect, it } from 'vitest';
import { readPatient } from '../../../src/datasources/bp-premier/read-patient.ts';
import { withDetails } from '../../../src/datasources/bp-premier/write-patient.ts';
import type { PatientDetails } from '../../../src/datasources/domain/patient-writes.ts';
import { today } from './resources.ts';

const read = (elements: object) => readPatient({ resourceType: 'Patient', id: '1', ...elements }, today);
const update = (elements: object, details: Partial<PatientDetails>) => {
  const {
    resourceType: _,
    id: __,
    ...after
  } = withDetails({ resourceType: 'Patient', id: '1', ...elements }, details, today);
  return after;
};

const past = { end: '2015-05' };
const medicareSystem = 'http://ns.electronichealth.net.au/id/medicare-number';
const medicare = (value: string, more: object = {}) => ({ system: medicareSystem, value, ...more });
const dva = (type: object) => [{ system: 'http://ns.electronichealth.net.au/id/dva', value: 'NX1', type }];

describe('the name', () => {
  const usual = { use: 'usual', family: 'Nguyen', given: ['Linh'] };

  it('G1: is the usual one where there is no official one', () => {
    expect(read({ name: [usual] })).toMatchObject({
      firstName: 'Linh',
      lastName: 'Nguyen',
      preferredName: null,
    });
  });

  it('G1: that is the usual one is the one that is changed', () => {
    expect(update({ name: [usual] }, { lastName: 'Tran' })).toEqual({ name: [{ ...usual, family: 'Tran' }] });
  });

  it('G1: that is the usual one keeps its first name when a preferred name is added', () => {
    const after = update({ name: [usual] }, { preferredName: 'Lin' });
    expect(after).toEqual({ name: [usual, { use: 'nickname', given: ['Lin'] }] });
    expect(read(after)).toMatchObject({ firstName: 'Linh', preferredName: 'Lin' });
  });

  it.each([
    ['the official before the usual', [usual, { use: 'official', family: 'Tran' }], 'Tran'],
    ['one without a use before the usual', [usual, { family: 'Tran' }], 'Tran'],
    ['a name for a time where there is no other', [{ use: 'temp', family: 'Tran' }], 'Tran'],
    [
      'the current before one that has ended',
      [{ use: 'official', family: 'Ended', period: past }, usual],
      'Nguyen',
    ],
    [
      'the current before one that begins later',
      [{ family: 'Later', period: { start: '2027' } }, usual],
      'Nguyen',
    ],
    [
      'one that has ended where there is no other',
      [{ use: 'official', family: 'Ended', period: past }],
      'Ended',
    ],
    [
      'no former one',
      [
        { use: 'old', family: 'Old' },
        { use: 'maiden', family: 'Maiden' },
      ],
      null,
    ],
    ['no nickname', [{ use: 'nickname', given: ['Lin'] }], null],
    ['no official one without any part', [{ use: 'official', _family: { id: 'masked' } }, usual], 'Nguyen'],
    [
      'the official before one of a use that FHIR does not have',
      [
        { use: 'constructor', family: 'Tran' },
        { use: 'official', family: 'Le' },
      ],
      'Le',
    ],
  ])('G4: is %s', (_, name, lastName) => {
    expect(read({ name }).lastName).toBe(lastName);
  });

  it('G1: that is the usual one beside an official one without any part is the one that is changed', () => {
    const empty = { use: 'official', _family: { id: 'masked' } };
    expect(update({ name: [empty, usual] }, { lastName: 'Tran' })).toEqual({
      name: [empty, { ...usual, family: 'Tran' }],
    });
  });

  it('G4: that became empty is not replaced by one that has ended', () => {
    const ended = { use: 'official', family: 'Ended', given: ['Em'], period: past };
    const after = update({ name: [{ use: 'usual', given: ['Exie'] }, ended] }, { firstName: null });
    expect(after).toEqual({ name: [{ use: 'usual' }, ended] });
    expect(read(after)).toMatchObject({ firstName: null, lastName: null });
  });

  it.each([
    ["Mary-Anne O'Brien", 'Mary-Anne', "O'Brien"],
    ["O'Brien, Mary-Anne", 'Mary-Anne', "O'Brien"],
    ['Sukarno', null, 'Sukarno'],
  ])('G9: that is the text %s alone is read', (text, firstName, lastName) => {
    expect(read({ name: [{ text }] })).toMatchObject({ firstName, lastName });
  });

  it('G9: that is only a text keeps everything in an update', () => {
    const name = [{ text: "Mary-Anne O'Brien", extension: [{ url: 'urn:invented' }] }];
    expect(update({ name }, { email: 'm@example.com' })).toMatchObject({ name });
    expect(update({ name }, { lastName: 'Smith' })).toEqual({
      name: [{ family: 'Smith', given: ['Mary-Anne'], extension: [{ url: 'urn:invented' }] }],
    });
  });
});

describe('the phone', () => {
  const mobile = (value: string, more: object = {}) => ({ system: 'phone', use: 'mobile', value, ...more });

  it.each([
    ['rank 1 before rank 2', [mobile('2', { rank: 2 }), mobile('1', { rank: 1 })], '1'],
    ['one with a rank before one without', [mobile('2'), mobile('1', { rank: 1 })], '1'],
    ['the current before one that has ended', [mobile('old', { rank: 1, period: past }), mobile('1')], '1'],
    ['none that has ended', [mobile('old', { period: past })], null],
    ['none whose use is old', [{ system: 'phone', use: 'old', value: '1' }], null],
  ])('G4: is %s', (_, telecom, value) => {
    expect(read({ telecom }).mobilePhone).toBe(value);
  });

  it('G4: that is changed is the one that is shown', () => {
    const telecom = [mobile('ended', { period: past }), mobile('2', { rank: 2 }), mobile('1', { rank: 1 })];
    const after = update({ telecom }, { mobilePhone: '0491570006' });
    expect(after).toEqual({ telecom: [telecom[0], telecom[1], mobile('0491570006', { rank: 1 })] });
    expect(update({ telecom: [telecom[0]] }, { mobilePhone: '0491570006' })).toEqual({
      telecom: [telecom[0], mobile('0491570006')],
    });
  });

  it('G15: for text messages is the mobile phone, if none has that use', () => {
    const sms = { system: 'sms', value: '0491570006' };
    expect(read({ telecom: [sms] }).mobilePhone).toBe('0491570006');
    expect(read({ telecom: [sms, mobile('1')] }).mobilePhone).toBe('1');
    expect(update({ telecom: [sms] }, { mobilePhone: '2' })).toEqual({ telecom: [{ ...sms, value: '2' }] });
  });
});

describe('the address', () => {
  const home = { use: 'home', line: ['1 Sample Street'], city: 'Wattle Flat', postalCode: '2000' };
  const billing = { ...home, use: 'billing', line: ['2 Sample Street'] };
  const moved = { line1: '3 Sample Street', line2: null, suburb: 'Wattle Flat', postcode: '2000' };

  it.each([
    ['the home one before the billing one', [billing, home]],
    ['the home one before one for a time', [{ ...billing, use: 'temp' }, home]],
    ['the current before one that has ended', [{ ...billing, use: 'home', period: past }, home]],
    ['the home one before one of a use that FHIR does not have', [{ ...billing, use: 'toString' }, home]],
  ])('G4: is %s, and is changed so', (_, address) => {
    expect(read({ address }).address?.line1).toBe('1 Sample Street');
    expect(update({ address }, { address: moved })).toEqual({
      address: [address[0], { ...home, line: ['3 Sample Street'] }],
    });
  });

  it('G4: for bills is shown if there is no other, and is kept next to a new one', () => {
    expect(read({ address: [billing] }).address?.line1).toBe('2 Sample Street');
    const after = update({ address: [billing] }, { address: moved });
    expect(after.address).toMatchObject([billing, { use: 'home', line: ['3 Sample Street'] }]);
    expect(read(after).address?.line1).toBe('3 Sample Street');
  });

  it('G4: for bills is shown if the home address is empty', () => {
    expect(read({ address: [{ use: 'home' }, billing] }).address?.line1).toBe('2 Sample Street');
  });

  it('G9: that is a text alone is shown', () => {
    expect(read({ address: [{ text: '1 Sample Street\nWattle Flat NSW 2000' }] }).address).toEqual({
      line1: '1 Sample Street',
      line2: 'Wattle Flat NSW 2000',
      suburb: null,
      postcode: null,
      state: null,
      country: null,
    });
  });

  it('G9: shows its third line and keeps it, its extensions and its state', () => {
    const address = [
      {
        ...home,
        line: ['c/- Sample', 'Unit 2', '1 Sample Street'],
        _line: [null, { id: 'unit' }, null],
        state: 'NSW',
        extension: [{ url: 'urn:invented' }],
      },
    ];
    const shown = read({ address }).address;
    expect(shown?.line2).toBe('Unit 2, 1 Sample Street');
    const wanted = {
      line1: 'c/- Sample',
      line2: 'Unit 2, 1 Sample Street',
      suburb: 'Wattle Flat',
      postcode: '2001',
    };
    const { state: _, ...rest } = address[0] as (typeof address)[0];
    expect(update({ address }, { address: wanted })).toEqual({ address: [{ ...rest, postalCode: '2001' }] });
    const other = { ...wanted, line1: 'c/- Other', postcode: '2000' };
    expect(update({ address }, { address: other })).toEqual({
      address: [
        {
          ...home,
          line: ['c/- Other', 'Unit 2', '1 Sample Street'],
          state: 'NSW',
          extension: rest.extension,
        },
      ],
    });
  });
});

describe('the Medicare card', () => {
  const old = medicare('39509876511', { use: 'old', period: past });
  const current = medicare('29509876511', { use: 'official', period: { end: '2029-05' } });
  const renewed = { number: '2950987651', individualReferenceNumber: '1', expiry: '05/2034' };

  it.each([
    ['not one of former use', [old, current]],
    ['the one that has not ended', [medicare('39509876511', { period: past }), medicare('29509876511')]],
    ['not one of second rank', [medicare('39509876511', { use: 'secondary' }), current]],
    ['not one of a use that FHIR does not have', [medicare('39509876511', { use: 'valueOf' }), current]],
  ])('G3: is %s, and an update leaves the other', (_, identifier) => {
    expect(read({ identifier }).medicare?.number).toBe('2950987651');
    const after = update({ identifier }, { medicare: renewed }) as { identifier: object[] };
    expect(after.identifier[0]).toBe(identifier[0]);
    expect(after.identifier[1]).toMatchObject({ value: '29509876511', period: { end: '2034-05' } });
  });

  it('G3: that has expired is shown, is renewed in place, and is kept next to another one', () => {
    const identifier = [medicare('29509876511', { period: past })];
    expect(read({ identifier }).medicare).toEqual({ ...renewed, expiry: '05/2015' });
    expect(update({ identifier }, { medicare: renewed })).toEqual({
      identifier: [medicare('29509876511', { period: { end: '2034-05' } })],
    });
    const other = { ...renewed, number: '3950987651' };
    expect(update({ identifier }, { medicare: other })).toMatchObject({
      identifier: [identifier[0], { value: '39509876511', period: { end: '2034-05' } }],
    });
  });

  it.each([
    ['49516516711', '4951651671', '1'],
    ['4951 65167 1', '4951651671', null],
    ['4951 65167 1 1', '4951651671', '1'],
    ['4951651671/1', '4951651671', '1'],
    ['4951 65167 1 / 2', '4951651671', '2'],
    ['4951651671-1', '4951651671', '1'],
    ['4951-65167-1', '4951651671', null],
    ['4951-65167-1-2', '4951651671', '2'],
  ])('G2: written %s is read', (value, number, individualReferenceNumber) => {
    expect(read({ identifier: [medicare(value)] }).medicare).toEqual({
      number,
      individualReferenceNumber,
      expiry: null,
    });
  });
});

describe('the DVA card', () => {
  it.each([
    [{ coding: [{ code: 'DVG' }], text: 'DVA Number (Gold)' }, 'Gold'],
    [{ coding: [{ code: 'DVW' }], text: 'DVA Number' }, 'White'],
    [{ coding: [{ code: 'DVO' }], text: 'Orange card' }, 'Orange'],
    [{ coding: [{ code: 'DVL' }] }, 'Lilac'],
    [{ coding: [{ code: 'DVAU' }], text: 'DVA Number' }, null],
    [{ text: 'DVA Number' }, null],
    [{ text: 'DVA Number (Gold)' }, 'Gold'],
    [{ text: 'white' }, 'White'],
  ])('G5: of the type %j is of the right colour', (type, colour) => {
    expect(read({ identifier: dva(type) }).dva).toEqual({ number: 'NX1', type: colour });
  });
});
