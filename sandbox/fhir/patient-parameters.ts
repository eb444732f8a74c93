import { dvaSystem, ihiSystem, medicareSystem } from './identifiers.ts';
import type { Bind, SearchParameter } from './resource-kind.ts';
import { dated, wallColumn } from './search-dates.ts';
import {
  beginsOneOf,
  codeOf,
  cutAt,
  everyWordBeginsOneOf,
  nationalDigits,
  nothing,
  unescaped,
} from './search-values.ts';

const numbers: Readonly<Record<string, (value: string, bind: Bind) => string>> = {
  /** Ten digits, with or without the reference number. */
  [medicareSystem](value, bind) {
    const bare = value.replace(/\s/g, '');
    if (!/^\d{10,11}$/.test(bare)) return nothing;
    const card = `replace(P.MEDICARENO, ' ', '') = ${bind(bare.slice(0, 10))}`;
    return bare.length === 10 ? card : `${card} AND P.MEDICARELINENO = ${bind(bare.slice(10))}`;
  },
  [dvaSystem]: (value, bind) => `P.DVANO = ${bind(value)}`,
  [ihiSystem]: (value, bind) => `replace(P.IHI, ' ', '') = ${bind(value.replace(/\s/g, ''))}`,
};

const columnOf: Readonly<Record<string, string>> = {
  [medicareSystem]: 'P.MEDICARENO',
  [dvaSystem]: 'P.DVANO',
  [ihiSystem]: 'P.IHI',
};

/** `system|value`, `system|` (has one at all) or `value` in any system. */
function identified(value: string, bind: Bind): string {
  const parts = cutAt('|', value).map(unescaped);
  if (parts.length > 2) return nothing;
  const number = parts.at(-1) ?? '';
  if (parts.length === 1) {
    return Object.values(numbers)
      .map((test) => `(${test(number, bind)})`)
      .join(' OR ');
  }
  const [system = ''] = parts;
  if (number === '') return columnOf[system] ? `COALESCE(${columnOf[system]}, '') <> ''` : nothing;
  return numbers[system]?.(number, bind) ?? nothing;
}

function hasPhone(value: string, bind: Bind): string {
  const number = codeOf(value)
    ?.replace(/[\s()-]/g, '')
    .replace(/^\+61/, '0');
  if (!number) return nothing;
  const wanted = bind(number);
  return ['P.HOMEPHONE', 'P.WORKPHONE', 'P.MOBILEPHONE']
    .map((column) => `${nationalDigits(column)} = ${wanted}`)
    .join(' OR ');
}

export const patientParameters: readonly SearchParameter[] = [
  {
    name: '_lastUpdated',
    type: 'date',
    documentation: 'When the resource version last changed',
    test: dated(wallColumn('COALESCE(P.UPDATED, P.CREATED)')),
  },
  {
    name: 'given',
    type: 'string',
    documentation: 'A portion of the given name of the patient',
    test: beginsOneOf('P.FIRSTNAME', 'P.MIDDLENAME', 'P.PREFERREDNAME'),
  },
  {
    name: 'birthdate',
    type: 'date',
    documentation: "The patient's date of birth",
    test: dated(wallColumn('P.DOB')),
  },
  {
    name: 'name',
    type: 'string',
    documentation: 'Words that each begin a part of the name',
    test: everyWordBeginsOneOf('P.FIRSTNAME', 'P.MIDDLENAME', 'P.SURNAME', 'P.PREFERREDNAME'),
  },
  {
    name: 'identifier',
    type: 'token',
    documentation: 'A patient identifier: Medicare number, DVA number, IHI',
    test: identified,
  },
  {
    name: 'family',
    type: 'string',
    documentation: 'A portion of the family name of the patient',
    assumed: true,
    test: beginsOneOf('P.SURNAME'),
  },
  {
    name: 'phone',
    type: 'token',
    documentation: 'A value in a phone contact',
    assumed: true,
    test: hasPhone,
  },
  {
    name: 'email',
    type: 'token',
    documentation: 'A value in an email contact',
    assumed: true,
    test: (value, bind) =>
      `EXISTS (SELECT 1 FROM EMAIL E WHERE E.INTERNALID = P.INTERNALID AND E.RECORDSTATUS = 1
        AND E.EMAIL = ${bind(codeOf(value) ?? '')} AND E.EMAIL <> '')`,
  },
];
