import type { MedicareCard, Patient } from '../domain/patient.ts';
import type { Selection } from '../domain/selection.ts';
import { addressReader } from './address.ts';
import { currentRecord, dvaTypeOf } from './codes.ts';
import { type SelectList, whereSelected } from './columns.ts';
import { lookUpJoin } from './look-up.ts';
import type { Reader } from './row.ts';

// Rests on assumption B16.

const shownEmail = `m.RECORDSTATUS = ${currentRecord} AND m.EMAIL <> ''`;

/** The `RECORDID` of the patient's oldest current address (B16). Each address is a row. */
export function currentEmail(patientId: string): string {
  return `SELECT MIN(m.RECORDID) FROM dbo.EMAIL m WHERE m.INTERNALID = ${patientId} AND ${shownEmail}`;
}

const statusJoin = lookUpJoin('FROM dbo.PATIENTSTATUS', {
  code: 'STATUSCODE',
  columns: ['STATUSTEXT'],
  alias: 'ps',
  on: 'p.PATIENTSTATUS',
});
const titleJoin = lookUpJoin('FROM dbo.TITLES', {
  code: 'TITLECODE',
  columns: ['TITLE'],
  alias: 'pt',
  on: 'p.TITLECODE',
});
const sexJoin = lookUpJoin('FROM dbo.SEX', {
  code: 'SEXCODE',
  columns: ['SEX'],
  alias: 'sx',
  on: 'p.SEXCODE',
});
const dvaTypeJoin = lookUpJoin('FROM dbo.DVATYPE', {
  code: 'DVACODE',
  columns: ['DVATYPE'],
  alias: 'dt',
  on: 'p.DVACODE',
});
/** Each patient's first address, found once for all rows. */
const emailJoin = `LEFT JOIN (SELECT m.INTERNALID, m.EMAIL, ROW_NUMBER() OVER (PARTITION BY m.INTERNALID ORDER BY m.RECORDID) AS PLACE FROM dbo.EMAIL m WHERE ${shownEmail}) e ON e.INTERNALID = p.INTERNALID AND e.PLACE = 1`;

/**
 * Selects the columns of patients with these fields. `p` is PATIENTS. The reader returns null when the row has no patient.
 * Fields that were not selected are null.
 */
export function patientReader(list: SelectList, fields: Selection): Reader<Patient | null> {
  const selected = whereSelected(fields);
  const pmsId = list.id('p.INTERNALID');
  const status = selected(['status'], () => statusReader(list));
  const title = selected(['title'], () => list.text('pt.TITLE', titleJoin));
  const firstName = selected(['firstName', 'fullName'], () => list.text('p.FIRSTNAME'));
  const middleName = selected(['middleName'], () => list.text('p.MIDDLENAME'));
  const lastName = selected(['lastName', 'fullName'], () => list.text('p.SURNAME'));
  const preferredName = selected(['preferredName'], () => list.text('p.PREFERREDNAME'));
  const birthDate = selected(['birthDate'], () => list.date('p.DOB'));
  const sex = selected(['sex'], () => sexReader(list));
  const address = selected(['address'], () =>
    addressReader({
      line1: list.text('p.ADDRESS1'),
      line2: list.text('p.ADDRESS2'),
      suburb: list.text('p.CITY'),
      postcode: list.text('p.POSTCODE'),
      country: list.text('p.COUNTRY'),
    }),
  );
  const postalAddress = selected(['postalAddress'], () =>
    addressReader({
      line1: list.text('p.POSTALADDRESS'),
      suburb: list.text('p.POSTALCITY'),
      postcode: list.text('p.POSTALPOSTCODE'),
      country: list.text('p.POSTALCOUNTRY'),
    }),
  );
  const homePhone = selected(['homePhone'], () => list.text('p.HOMEPHONE'));
  const workPhone = selected(['workPhone'], () => list.text('p.WORKPHONE'));
  const mobilePhone = selected(['mobilePhone'], () => list.text('p.MOBILEPHONE'));
  const email = selected(['email'], () => list.text('e.EMAIL', emailJoin));
  const medicare = selected(['medicare'], () => medicareReader(list));
  const dva = selected(['dva'], () => dvaReader(list));
  const ihi = selected(['ihi'], () => list.text('p.IHI'));
  const usualUserId = selected(['usualUser', 'usualUserId'], () => list.id('p.USERID'));
  return (row) => {
    const id = pmsId(row);
    if (id === null) return null;
    return {
      pmsId: id,
      status: status(row),
      title: title(row),
      firstName: firstName(row),
      middleName: middleName(row),
      lastName: lastName(row),
      preferredName: preferredName(row),
      birthDate: birthDate(row),
      sex: sex(row),
      address: address(row),
      postalAddress: postalAddress(row),
      homePhone: homePhone(row),
      workPhone: workPhone(row),
      mobilePhone: mobilePhone(row),
      email: email(row),
      medicare: medicare(row),
      dva: dva(row),
      ihi: withoutBlanks(ihi(row)),
      usualUserId: usualUserId(row),
    };
  };
}

function statusReader(list: SelectList): Reader<Patient['status']> {
  const text = list.text('ps.STATUSTEXT', statusJoin);
  const dateOfDeath = list.date('p.DATEOFDEATH');
  return (row) => list.codes.patientStatus(text(row), dateOfDeath(row));
}

function sexReader(list: SelectList): Reader<Patient['sex']> {
  const text = list.text('sx.SEX', sexJoin);
  return (row) => list.codes.sexOf(text(row));
}

function dvaReader(list: SelectList): Reader<Patient['dva']> {
  const number = list.text('p.DVANO');
  const type = list.text('dt.DVATYPE', dvaTypeJoin);
  return (row) => {
    const known = number(row);
    return known === null ? null : { number: known, type: dvaTypeOf(type(row)) };
  };
}

function medicareReader(list: SelectList): Reader<MedicareCard | null> {
  const number = list.text('p.MEDICARENO');
  const line = list.text('p.MEDICARELINENO');
  const expiry = list.text('p.MEDICAREEXPIRY');
  return (row) => {
    const known = withoutBlanks(number(row));
    if (known === null) return null;
    const reference = line(row);
    const [, month, year] = /^(\d{1,2})\/(\d{4})$/.exec(expiry(row) ?? '') ?? [];
    return {
      number: known,
      individualReferenceNumber: reference === '0' ? null : reference,
      expiry: month && year ? `${month.padStart(2, '0')}/${year}` : null,
    };
  };
}

function withoutBlanks(text: string | null): string | null {
  return text?.replace(/\s+/g, '') ?? null;
}
