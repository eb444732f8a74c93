import type { DvaCard, MedicareCard } from '../practice-data.ts';
import { type Element, element, elements, text } from './read-element.ts';

/** AU Base identifier systems. */
export const medicareSystem = 'http://ns.electronichealth.net.au/id/medicare-number';
export const providerNumberSystem = 'http://ns.electronichealth.net.au/id/medicare-provider-number';
export const dvaSystem = 'http://ns.electronichealth.net.au/id/dva';
const ihiSystem = 'http://ns.electronichealth.net.au/id/hi/ihi/1.0';

const dvaTypes: Readonly<Record<string, string>> = { DVG: 'Gold', DVW: 'White', DVO: 'Orange' };

/** The code of a card's colour; undefined for none that AU Base lists. */
export function dvaCodeOf(type: string): string | undefined {
  return Object.keys(dvaTypes).find((code) => dvaTypes[code] === type);
}

/** The number is the first ten digits; what follows is the individual reference number. */
export function readMedicare(identifiers: unknown): MedicareCard | null {
  const found = identified(identifiers, medicareSystem);
  if (found === null) return null;
  const written = found.value.replace(/\s/g, '');
  const [, number = written, reference = ''] = /^(\d{10})(\d*)$/.exec(written) ?? [];
  const [, year, month] =
    /^(\d{4})-(0[1-9]|1[0-2])/.exec(text(element(found.identifier.period)?.end) ?? '') ?? [];
  return {
    number,
    individualReferenceNumber: reference || null,
    expiry: year === undefined ? null : `${month}/${year}`,
  };
}

export function readDva(identifiers: unknown): DvaCard | null {
  const found = identified(identifiers, dvaSystem);
  if (found === null) return null;
  const type = element(found.identifier.type);
  const code = elements(type?.coding)
    .map((coding) => text(coding.code))
    .find((each) => each !== null && Object.hasOwn(dvaTypes, each));
  return { number: found.value, type: text(type?.text) ?? (code ? (dvaTypes[code] ?? null) : null) };
}

export function readIhi(identifiers: unknown): string | null {
  return identified(identifiers, ihiSystem)?.value ?? null;
}

/** The first identifier of that system that has a value. */
export function identified(
  identifiers: unknown,
  system: string,
): { readonly identifier: Element; readonly value: string } | null {
  for (const identifier of elements(identifiers)) {
    const value = text(identifier.value);
    if (identifier.system === system && value !== null) return { identifier, value };
  }
  return null;
}
