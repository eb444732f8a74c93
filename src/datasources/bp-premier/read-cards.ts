import type { LocalDate } from '../../time/types.ts';
import type { DvaCard, MedicareCard } from '../domain/patient.ts';
import { inOrder } from './current-entry.ts';
import { type Element, element, elements, text } from './read-element.ts';

/** AU Base identifier systems. */
export const medicareSystem = 'http://ns.electronichealth.net.au/id/medicare-number';
export const providerNumberSystem = 'http://ns.electronichealth.net.au/id/medicare-provider-number';
export const dvaSystem = 'http://ns.electronichealth.net.au/id/dva';
const ihiSystem = 'http://ns.electronichealth.net.au/id/hi/ihi/1.0';

/** AU Base codes for the colours of a card. `DVAU` means any DVA number and gives no colour. */
const dvaTypes: Readonly<Record<string, string>> = {
  DVG: 'Gold',
  DVW: 'White',
  DVO: 'Orange',
  DVL: 'Lilac',
};

/** The code of a card's colour. Undefined for a colour that AU Base does not list. */
export function dvaCodeOf(type: string): string | undefined {
  return Object.keys(dvaTypes).find((code) => dvaTypes[code] === type);
}

const medicareNumber = /^(\d{4})[ -]?(\d{5})[ -]?(\d)(?: ?[/-]? ?(\d*))?$/;

/** The first ten digits are the number. The rest is the individual reference number. */
export function readMedicare(identifiers: unknown, today: LocalDate): MedicareCard | null {
  const [card] = identifiersOf(identifiers, medicareSystem, today);
  return card === undefined ? null : medicareCard(card);
}

export function medicareCard(card: Element): MedicareCard {
  const written = (text(card.value) ?? '').replace(/\s+/g, ' ');
  const [, first = written.replaceAll(' ', ''), second = '', third = '', reference = ''] =
    medicareNumber.exec(written) ?? medicareNumber.exec(written.replaceAll(' ', '')) ?? [];
  const [, year, month] = /^(\d{4})-(0[1-9]|1[0-2])/.exec(text(element(card.period)?.end) ?? '') ?? [];
  return {
    number: `${first}${second}${third}`,
    individualReferenceNumber: reference || null,
    expiry: year === undefined ? null : `${month}/${year}`,
  };
}

/** The colour by its code, or else from the text of the type. */
export function readDva(identifiers: unknown, today: LocalDate): DvaCard | null {
  const [card] = identifiersOf(identifiers, dvaSystem, today);
  return card === undefined ? null : { number: text(card.value) ?? '', type: dvaTypeOf(element(card.type)) };
}

function dvaTypeOf(type: Element | null): string | null {
  const codes = elements(type?.coding).map(({ code }) => text(code) ?? '');
  const coded = codes.find((code) => Object.hasOwn(dvaTypes, code));
  if (coded !== undefined) return dvaTypes[coded] ?? null;
  const written = text(type?.text);
  if (written === null || codes.includes('DVAU')) return null;
  const colour = Object.values(dvaTypes).find((name) => new RegExp(`\\b${name}\\b`, 'i').test(written));
  return colour ?? (/^(dva|department of veterans)\b.*\b(number|card)?$/i.test(written) ? null : written);
}

export function readIhi(identifiers: unknown, today: LocalDate): string | null {
  return text(identifiersOf(identifiers, ihiSystem, today)[0]?.value);
}

/** Rank by use: `official` and `usual` come before the others. */
const uses: ReadonlyMap<unknown, number> = new Map([
  [undefined, 0],
  ['official', 0],
  ['usual', 0],
  ['secondary', 1],
  ['temp', 2],
]);

/** The identifiers of a system that have a value, the best first. Expired cards are included. */
export function identifiersOf(identifiers: unknown, system: string, today: LocalDate): readonly Element[] {
  return inOrder(
    identifiers,
    (each) =>
      each.system === system && text(each.value) !== null ? (uses.get(each.use ?? undefined) ?? 1) : null,
    today,
    'ENDED_TOO',
  );
}
