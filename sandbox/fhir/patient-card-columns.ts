import type { PracticeDatabase } from '../database/practice-database.ts';
import { dvaCodes, dvaSystem, ihiSystem, medicareSystem } from './identifiers.ts';
import { badResource, unacceptable } from './outcome.ts';
import {
  atMostOne,
  type Columns,
  type Fields,
  isFields,
  keepsOnly,
  repeated,
  textOf,
} from './sent-element.ts';

// Rests on assumption S13.

const systems = { medicare: medicareSystem, dva: dvaSystem, ihi: ihiSystem } as const;

/** The identifiers of one kind. Throws a FhirRefusal 422 for a kind that the practice does not keep. */
export function cards(resource: Fields, kind: keyof typeof systems): readonly Fields[] {
  const identifiers = repeated(resource, 'identifier');
  const kept: readonly unknown[] = Object.values(systems);
  if (identifiers.some(({ system }) => !kept.includes(system)))
    throw unacceptable('identifier.system: only Medicare, DVA and IHI numbers can be kept');
  return identifiers.filter(({ system }) => system === systems[kind]);
}

/** Ten digits, followed by the reference number when it is known. */
export function medicareColumns(found: readonly Fields[]): Columns {
  const card = atMostOne(found, 'identifier (Medicare)');
  if (card === undefined) return { MEDICARENO: null, MEDICARELINENO: null, MEDICAREEXPIRY: null };
  const [, MEDICARENO, line] = /^(\d{10})(\d?)$/.exec(numberOf(card, 'identifier (Medicare)')) ?? [];
  if (MEDICARENO === undefined) throw unacceptable('identifier (Medicare): not ten or eleven digits');
  return { MEDICARENO, MEDICARELINENO: line || null, MEDICAREEXPIRY: expiry(card) };
}

/** `MM/YYYY` of the month that a card is valid to. */
function expiry({ period }: Fields): string | null {
  if (period === undefined) return null;
  if (!isFields(period)) throw badResource('identifier.period is no period');
  keepsOnly(period, ['end'], 'identifier.period');
  const end = textOf(period.end, 'identifier.period.end');
  if (end === null) return null;
  const [, year, month] = /^(\d{4})-(0[1-9]|1[0-2])(?:-\d{2})?$/.exec(end) ?? [];
  if (year === undefined) throw unacceptable('identifier.period.end names no month');
  return `${month}/${year}`;
}

export function dvaColumns(found: readonly Fields[], database: PracticeDatabase): Columns {
  const card = atMostOne(found, 'identifier (DVA)');
  if (card === undefined) return { DVACODE: 0, DVANO: null };
  withoutPeriod(card, 'identifier (DVA)');
  return { DVACODE: dvaCode(card, database), DVANO: numberOf(card, 'identifier (DVA)') };
}

/** The card type, from the AU Base code or from the colour's name. Both must agree. */
function dvaCode({ type }: Fields, database: PracticeDatabase): number {
  if (type === undefined) return 0;
  if (!isFields(type)) throw badResource('identifier.type is no concept');
  const rows = database.all<{ code: number; text: string }>(
    'SELECT DVACODE AS code, DVATYPE AS text FROM DVATYPE',
  );
  const wanted = [
    ...repeated(type, 'coding').map(({ code }) => rows.find((row) => dvaCodes[row.code] === code)?.code),
    ...[textOf(type.text, 'identifier.type.text')]
      .filter((text) => text !== null)
      .map((text) => rows.find((row) => row.text.toLowerCase() === text.toLowerCase())?.code),
  ];
  const [code] = wanted;
  if (!code || wanted.some((each) => each !== code))
    throw unacceptable('identifier.type is none of the cards of this practice');
  return code;
}

export function ihiColumns(found: readonly Fields[]): Columns {
  const card = atMostOne(found, 'identifier (IHI)');
  if (card === undefined) return { IHI: null };
  withoutPeriod(card, 'identifier (IHI)');
  const IHI = numberOf(card, 'identifier (IHI)');
  if (!/^\d{16}$/.test(IHI)) throw unacceptable('identifier (IHI): not sixteen digits');
  return { IHI };
}

function withoutPeriod({ period }: Fields, path: string): void {
  if (period !== undefined) throw unacceptable(`${path}: a period cannot be kept`);
}

function numberOf(card: Fields, path: string): string {
  keepsOnly(card, ['use', 'type', 'system', 'value', 'period'], path);
  return (textOf(card.value ?? '', `${path}.value`) ?? '').replace(/\s/g, '');
}
