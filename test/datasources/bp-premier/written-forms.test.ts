import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readMedicare } from '../../../src/datasources/bp-premier/read-cards.ts';
import { medicareForms, phoneForms } from '../../../src/datasources/bp-premier/written-forms.ts';
import { today } from './resources.ts';

describe('G11: a phone number is searched for', () => {
  it.each([
    ['0491572665', ['0491572665', '0491 572 665', '0491-572-665', '+61491572665', '+61 491 572 665']],
    [
      '0355506677',
      ['(03) 5550 6677', '03 5550 6677', '(03)55506677', '+61 3 5550 6677', '+61 (0)3 5550 6677'],
    ],
    ['1300555667', ['1300555667', '1300 555 667']],
    ['131114', ['131114', '13 11 14']],
    ['64215550100', ['64215550100']],
  ])('%s as it is written', (national, forms) => {
    expect(phoneForms(national)).toEqual(expect.arrayContaining(forms));
    expect(new Set(phoneForms(national)).size).toBe(phoneForms(national).length);
  });

  it('in forms that are all the same number', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^0[2-9]\d{8}$/), (national) => {
        for (const form of phoneForms(national)) {
          expect(form.replace(/\D/g, '').replace(/^610?/, '0')).toBe(national);
        }
      }),
    );
  });
});

describe('G2: a Medicare number is searched for', () => {
  it('with and without its reference number', () => {
    const forms = [
      '4951651671',
      '49516516711',
      '4951 65167 1',
      '4951 65167 1 1',
      '4951651671/1',
      '4951 65167 1/9',
      '4951-65167-1',
      '4951-65167-1-2',
    ];
    expect(medicareForms('4951651671')).toEqual(expect.arrayContaining(forms));
    expect(medicareForms('4951651671')).toHaveLength(93);
  });

  it('in forms that are all read as that card', () => {
    const system = 'http://ns.electronichealth.net.au/id/medicare-number';
    for (const value of medicareForms('4951651671')) {
      expect(readMedicare([{ system, value }], today)?.number).toBe('4951651671');
    }
  });
});
