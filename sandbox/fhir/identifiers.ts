/** An AU Base Identifier. */
interface Identifier {
  readonly type?: { readonly coding?: readonly unknown[]; readonly text?: string };
  readonly system: string;
  readonly value: string;
  readonly period?: { readonly end: string };
}

export const medicareSystem = 'http://ns.electronichealth.net.au/id/medicare-number';
export const dvaSystem = 'http://ns.electronichealth.net.au/id/dva';
export const ihiSystem = 'http://ns.electronichealth.net.au/id/hi/ihi/1.0';
const hpiiSystem = 'http://ns.electronichealth.net.au/id/hi/hpii/1.0';
const hpioSystem = 'http://ns.electronichealth.net.au/id/hi/hpio/1.0';
const providerNumberSystem = 'http://ns.electronichealth.net.au/id/medicare-provider-number';

const hl7Types = 'http://terminology.hl7.org/CodeSystem/v2-0203';
const auTypes = 'http://terminology.hl7.org.au/CodeSystem/v2-0203';

interface Cards {
  readonly medicareNo: string | null;
  readonly medicareLineNo: string | null;
  readonly medicareExpiry: string | null;
  readonly dvaCode: number;
  readonly dvaType: string | null;
  readonly dvaNo: string | null;
  readonly ihi: string | null;
}

/** Medicare (number, then the reference number when it is known; valid to the month), DVA and IHI, if the patient has them. */
export function patientIdentifiers(cards: Cards): Identifier[] {
  return [...medicare(cards), ...dva(cards), ...numbered(cards.ihi, hl7Types, 'NI', 'IHI', ihiSystem)];
}

function medicare({ medicareNo, medicareLineNo, medicareExpiry }: Cards): Identifier[] {
  const number = medicareNo?.replace(/\s/g, '');
  if (!number) return [];
  const [, month, year] = /^(\d{2})\/(\d{4})$/.exec(medicareExpiry ?? '') ?? [];
  return [
    {
      type: { coding: [{ system: hl7Types, code: 'MC' }] },
      system: medicareSystem,
      value: `${number}${medicareLineNo ?? ''}`,
      ...(year && { period: { end: `${year}-${month}` } }),
    },
  ];
}

/** Codes of AU Base by DVACODE. */
export const dvaCodes: Readonly<Record<number, string>> = { 1: 'DVG', 2: 'DVW', 4: 'DVO' };

function dva({ dvaCode, dvaType, dvaNo }: Cards): Identifier[] {
  if (!dvaNo) return [];
  const code = dvaCodes[dvaCode];
  const type = code && { coding: [{ system: auTypes, code }], ...(dvaType && { text: dvaType }) };
  return [{ ...(type && { type }), system: dvaSystem, value: dvaNo }];
}

export function providerNumber(number: string | null): Identifier[] {
  return numbered(number, auTypes, 'UPIN', 'Medicare provider number', providerNumberSystem);
}

export function practitionerIdentifiers(hpii: string | null): Identifier[] {
  return numbered(hpii, hl7Types, 'NPI', 'HPI-I', hpiiSystem);
}

export function organizationIdentifiers(hpio: string | null): Identifier[] {
  return numbered(hpio, auTypes, 'NOI', 'HPI-O', hpioSystem);
}

function numbered(
  number: string | null,
  types: string,
  code: string,
  text: string,
  system: string,
): Identifier[] {
  const value = number?.replace(/\s/g, '');
  return value ? [{ type: { coding: [{ system: types, code }], text }, system, value }] : [];
}
