import type { MedicareCard, Patient } from '../practice-data.ts';
import { addressOf } from './address.ts';
import { currentRecord, dvaTypeOf, patientStatus, sexOf } from './codes.ts';
import type { Column, FieldColumns } from './columns.ts';
import type { Row } from './row.ts';

/** `p` is PATIENTS. */
export const patientKey: readonly Column[] = [{ alias: 'pmsId', sql: 'p.INTERNALID' }];

const status: Column = {
  alias: 'statusText',
  sql: 'ps.STATUSTEXT',
  join: 'LEFT JOIN dbo.PATIENTSTATUS ps ON ps.STATUSCODE = p.PATIENTSTATUS',
};
const title: Column = {
  alias: 'title',
  sql: 'pt.TITLE',
  join: 'LEFT JOIN dbo.TITLES pt ON pt.TITLECODE = p.TITLECODE',
};
const sex: Column = {
  alias: 'sex',
  sql: 'sx.SEX',
  join: 'LEFT JOIN dbo.SEX sx ON sx.SEXCODE = p.SEXCODE',
};
const dvaType: Column = {
  alias: 'dvaType',
  sql: 'dt.DVATYPE',
  join: 'LEFT JOIN dbo.DVATYPE dt ON dt.DVACODE = p.DVACODE',
};
/** A patient can have several addresses, a row each: the `RECORDID` of the oldest current one (B16). */
export function currentEmail(patientId: string): string {
  return `SELECT MIN(m.RECORDID) FROM dbo.EMAIL m WHERE m.INTERNALID = ${patientId} AND m.RECORDSTATUS = ${currentRecord} AND m.EMAIL <> ''`;
}
const email: Column = {
  alias: 'email',
  sql: 'e.EMAIL',
  join: `LEFT JOIN dbo.EMAIL e ON e.RECORDID = (${currentEmail('p.INTERNALID')})`,
};
const firstName: Column = { alias: 'firstName', sql: 'p.FIRSTNAME' };
const lastName: Column = { alias: 'lastName', sql: 'p.SURNAME' };

export const patientFields: FieldColumns = {
  status: [status, { alias: 'dateOfDeath', sql: 'p.DATEOFDEATH' }],
  title: [title],
  firstName: [firstName],
  middleName: [{ alias: 'middleName', sql: 'p.MIDDLENAME' }],
  lastName: [lastName],
  fullName: [firstName, lastName],
  preferredName: [{ alias: 'preferredName', sql: 'p.PREFERREDNAME' }],
  birthDate: [{ alias: 'birthDate', sql: 'p.DOB' }],
  sex: [sex],
  address: [
    { alias: 'line1', sql: 'p.ADDRESS1' },
    { alias: 'line2', sql: 'p.ADDRESS2' },
    { alias: 'suburb', sql: 'p.CITY' },
    { alias: 'postcode', sql: 'p.POSTCODE' },
    { alias: 'country', sql: 'p.COUNTRY' },
  ],
  postalAddress: [
    { alias: 'postalLine1', sql: 'p.POSTALADDRESS' },
    { alias: 'postalSuburb', sql: 'p.POSTALCITY' },
    { alias: 'postalPostcode', sql: 'p.POSTALPOSTCODE' },
    { alias: 'postalCountry', sql: 'p.POSTALCOUNTRY' },
  ],
  homePhone: [{ alias: 'homePhone', sql: 'p.HOMEPHONE' }],
  workPhone: [{ alias: 'workPhone', sql: 'p.WORKPHONE' }],
  mobilePhone: [{ alias: 'mobilePhone', sql: 'p.MOBILEPHONE' }],
  email: [email],
  medicare: [
    { alias: 'medicareNumber', sql: 'p.MEDICARENO' },
    { alias: 'medicareLine', sql: 'p.MEDICARELINENO' },
    { alias: 'medicareExpiry', sql: 'p.MEDICAREEXPIRY' },
  ],
  dva: [{ alias: 'dvaNumber', sql: 'p.DVANO' }, dvaType],
  ihi: [{ alias: 'ihi', sql: 'p.IHI' }],
  usualUser: [{ alias: 'usualUserId', sql: 'p.USERID' }],
};

/** Null when the row has no patient. Fields that were not selected are null. */
export function patientOf(row: Row): Patient | null {
  const pmsId = row.id('pmsId');
  if (pmsId === null) return null;
  const dvaNumber = row.text('dvaNumber');
  return {
    pmsId,
    status: patientStatus(row.text('statusText'), row.date('dateOfDeath')),
    title: row.text('title'),
    firstName: row.text('firstName'),
    middleName: row.text('middleName'),
    lastName: row.text('lastName'),
    preferredName: row.text('preferredName'),
    birthDate: row.date('birthDate'),
    sex: row.has('sex') ? sexOf(row.text('sex')) : null,
    address: addressOf({
      line1: row.text('line1'),
      line2: row.text('line2'),
      suburb: row.text('suburb'),
      postcode: row.text('postcode'),
      country: row.text('country'),
    }),
    postalAddress: addressOf({
      line1: row.text('postalLine1'),
      line2: null,
      suburb: row.text('postalSuburb'),
      postcode: row.text('postalPostcode'),
      country: row.text('postalCountry'),
    }),
    homePhone: row.text('homePhone'),
    workPhone: row.text('workPhone'),
    mobilePhone: row.text('mobilePhone'),
    email: row.text('email'),
    medicare: medicareOf(row),
    dva: dvaNumber === null ? null : { number: dvaNumber, type: dvaTypeOf(row.text('dvaType')) },
    ihi: withoutBlanks(row.text('ihi')),
    usualUserId: row.id('usualUserId'),
  };
}

function medicareOf(row: Row): MedicareCard | null {
  const number = withoutBlanks(row.text('medicareNumber'));
  if (number === null) return null;
  const line = row.text('medicareLine');
  const [, month, year] = /^(\d{1,2})\/(\d{4})$/.exec(row.text('medicareExpiry') ?? '') ?? [];
  return {
    number,
    individualReferenceNumber: line === '0' ? null : line,
    expiry: month && year ? `${month.padStart(2, '0')}/${year}` : null,
  };
}

function withoutBlanks(text: string | null): string | null {
  return text?.replace(/\s+/g, '') ?? null;
}
