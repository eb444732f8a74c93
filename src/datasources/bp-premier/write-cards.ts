/** Replaces a card in a patient's identifiers, in the form of AU Base. */
import type { CodeableConcept } from 'fhir/r4.js';
import type { LocalDate } from '../../time/types.ts';
import type { DvaCard, MedicareCard } from '../domain/patient.ts';
import { type List, withChosen, withValue } from './change-element.ts';
import { phaseOf } from './current-entry.ts';
import {
  dvaCodeOf,
  dvaSystem,
  identifiersOf,
  medicareCard,
  medicareSystem,
  readDva,
  readMedicare,
} from './read-cards.ts';
import type { Element } from './read-element.ts';

const medicareType: CodeableConcept = {
  coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v2-0203', code: 'MC' }],
};
const auTypes = 'http://terminology.hl7.org.au/CodeSystem/v2-0203';

/**
 * The reference number follows the card's ten digits. The card is valid to the end of a month. An expired card with another
 * number is another card and stays.
 */
export function withMedicare(
  identifiers: List,
  wanted: MedicareCard | null | undefined,
  today: LocalDate,
): List {
  const current = readMedicare(identifiers, today);
  if (wanted === undefined || isSame(current, wanted)) return identifiers;
  const cards = identifiersOf(identifiers, medicareSystem, today);
  if (wanted === null) return withChosen(identifiers, cards, null);
  const { number, individualReferenceNumber, expiry } = wanted;
  const [month, year] = expiry?.split('/') ?? [];
  const replaced = cards.filter(
    (card) => phaseOf(card, today) !== 'ENDED' || medicareCard(card).number === number,
  );
  return withChosen(identifiers, replaced.slice(0, 1), (found) => {
    const base = found ?? { type: medicareType, system: medicareSystem };
    const card = withValue(base, 'value', `${number}${individualReferenceNumber ?? ''}`);
    if (found !== null && medicareCard(found).expiry === expiry) return card;
    // A renewed card keeps its number and its start date.
    const renewed = found !== null && medicareCard(found).number === number ? startOf(found) : {};
    const period = { ...renewed, ...(year !== undefined && { end: `${year}-${month}` }) };
    return withValue(card, 'period', Object.keys(period).length > 0 ? period : null);
  });
}

function startOf({ period }: Element): { readonly start?: string } {
  const start = (period as { readonly start?: unknown } | null | undefined)?.start;
  return typeof start === 'string' ? { start } : {};
}

/** The colour of the card is its type. */
export function withDva(identifiers: List, wanted: DvaCard | null | undefined, today: LocalDate): List {
  const current = readDva(identifiers, today);
  if (wanted === undefined || isSame(current, wanted)) return identifiers;
  const cards = identifiersOf(identifiers, dvaSystem, today);
  if (wanted === null) return withChosen(identifiers, cards, null);
  return withChosen(identifiers, cards, (found) => {
    const card = withValue(found ?? { system: dvaSystem }, 'value', wanted.number);
    return (current?.type ?? null) === wanted.type ? card : withValue(card, 'type', dvaType(wanted.type));
  });
}

function dvaType(type: string | null): Element | null {
  if (type === null) return null;
  const code = dvaCodeOf(type);
  return { ...(code !== undefined && { coding: [{ system: auTypes, code }] }), text: type };
}

function isSame<T extends MedicareCard | DvaCard>(current: T | null, wanted: T | null): boolean {
  if (current === null || wanted === null) return current === wanted;
  return (Object.keys(current) as (keyof T)[]).every((part) => current[part] === wanted[part]);
}
