/** A patient's identifiers with a card replaced, as AU Base writes them. */
import type { DvaCard, MedicareCard } from '../practice-data.ts';
import { type List, withOne, withValue } from './change-element.ts';
import { dvaCodeOf, dvaSystem, medicareSystem, readDva, readMedicare } from './read-cards.ts';
import { type Element, text } from './read-element.ts';

const medicareType = {
  coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v2-0203', code: 'MC' }],
};
const auTypes = 'http://terminology.hl7.org.au/CodeSystem/v2-0203';

/** The reference number follows the card's ten digits; the card is valid to the end of a month. */
export function withMedicare(identifiers: List, wanted: MedicareCard | null | undefined): List {
  const current = readMedicare(identifiers);
  if (wanted === undefined || isSame(current, wanted)) return identifiers;
  if (wanted === null) return withOne(identifiers, isOf(medicareSystem), null);
  const { number, individualReferenceNumber, expiry } = wanted;
  const [month, year] = expiry?.split('/') ?? [];
  return withOne(identifiers, isOf(medicareSystem), (found) => {
    const base = found ?? { type: medicareType, system: medicareSystem };
    const card = withValue(base, 'value', `${number}${individualReferenceNumber ?? ''}`);
    return current?.expiry === expiry
      ? card
      : withValue(card, 'period', year === undefined ? null : { end: `${year}-${month}` });
  });
}

/** The colour of the card is its type. */
export function withDva(identifiers: List, wanted: DvaCard | null | undefined): List {
  const current = readDva(identifiers);
  if (wanted === undefined || isSame(current, wanted)) return identifiers;
  if (wanted === null) return withOne(identifiers, isOf(dvaSystem), null);
  return withOne(identifiers, isOf(dvaSystem), (found) => {
    const card = withValue(found ?? { system: dvaSystem }, 'value', wanted.number);
    return (current?.type ?? null) === wanted.type ? card : withValue(card, 'type', dvaType(wanted.type));
  });
}

function dvaType(type: string | null): Element | null {
  if (type === null) return null;
  const code = dvaCodeOf(type);
  return { ...(code !== undefined && { coding: [{ system: auTypes, code }] }), text: type };
}

const isOf =
  (system: string) =>
  (identifier: Element): boolean =>
    identifier.system === system && text(identifier.value) !== null;

function isSame<T extends MedicareCard | DvaCard>(current: T | null, wanted: T | null): boolean {
  if (current === null || wanted === null) return current === wanted;
  return (Object.keys(current) as (keyof T)[]).every((part) => current[part] === wanted[part]);
}
