import { unacceptable } from './outcome.ts';
import { atMostOne, type Columns, type Fields, keepsOnly, repeated, textOf } from './sent-element.ts';
import { contactValue } from './sent-telecom.ts';

const phoneColumn = { home: 'HOMEPHONE', work: 'WORKPHONE', mobile: 'MOBILEPHONE' } as const;

/** One phone of each use. */
export function phoneColumns(phones: readonly Fields[]): Columns {
  if (phones.some(({ use }) => !Object.hasOwn(phoneColumn, String(use))))
    throw unacceptable('telecom.use: only home, work and mobile can be kept');
  return Object.fromEntries(
    Object.entries(phoneColumn).map(([use, column]) => {
      const found = atMostOne(
        phones.filter((phone) => phone.use === use),
        `telecom (${use})`,
      );
      return [column, found === undefined ? null : contactValue(found)];
    }),
  );
}

/** The postal addresses, or the home addresses. */
export function addresses(resource: Fields, kind: 'home' | 'postal'): readonly Fields[] {
  return repeated(resource, 'address').filter(({ type }) => (type === 'postal') === (kind === 'postal'));
}

export function homeColumns(found: readonly Fields[]): Columns {
  const { lines, CITY, POSTCODE, COUNTRY } = place(found, 2, 'address (home)');
  const [ADDRESS1 = null, ADDRESS2 = null] = lines;
  return { ADDRESS1, ADDRESS2, CITY, POSTCODE, COUNTRY };
}

export function postalColumns(found: readonly Fields[]): Columns {
  const { lines, CITY, POSTCODE, COUNTRY } = place(found, 1, 'address (postal)');
  const [POSTALADDRESS = null] = lines;
  return { POSTALADDRESS, POSTALCITY: CITY, POSTALPOSTCODE: POSTCODE, POSTALCOUNTRY: COUNTRY };
}

/** Bp Premier records no state. */
function place(found: readonly Fields[], maxLines: number, path: string) {
  const address = atMostOne(found, path) ?? {};
  keepsOnly(address, ['use', 'type', 'text', 'line', 'city', 'postalCode', 'country'], path);
  const { use = 'home', type = 'physical', line = [] } = address;
  if (use !== 'home' || !['physical', 'postal'].includes(String(type)))
    throw unacceptable(`${path}: this use or type cannot be kept`);
  const lines: readonly unknown[] = Array.isArray(line) ? line : [{}];
  if (lines.length > maxLines) throw unacceptable(`${path}: so many lines cannot be kept`);
  return {
    lines: lines.map((text) => textOf(text, `${path}.line`)),
    CITY: textOf(address.city, `${path}.city`),
    POSTCODE: textOf(address.postalCode, `${path}.postalCode`),
    COUNTRY: textOf(address.country, `${path}.country`),
  };
}
