import { address, contact, listed } from './contact.ts';
import { humanNames } from './human-name.ts';
import { patientIdentifiers } from './identifiers.ts';
import { patientParameters } from './patient-parameters.ts';
import { createPatient, updatePatient } from './patient-writes.ts';
import type { Facade, FhirResource, ResourceKind } from './resource-kind.ts';
import { instantOfText } from './wall-clock.ts';

interface Row {
  readonly id: number;
  readonly status: string | null;
  readonly died: string | null;
  readonly title: string | null;
  readonly first: string | null;
  readonly middle: string | null;
  readonly family: string | null;
  readonly preferred: string | null;
  readonly address1: string | null;
  readonly address2: string | null;
  readonly city: string | null;
  readonly postcode: string | null;
  readonly country: string | null;
  readonly postalAddress: string | null;
  readonly postalCity: string | null;
  readonly postalPostcode: string | null;
  readonly postalCountry: string | null;
  readonly born: string | null;
  readonly sex: string | null;
  readonly homePhone: string | null;
  readonly workPhone: string | null;
  readonly mobilePhone: string | null;
  readonly emails: string;
  readonly medicareNo: string | null;
  readonly medicareLineNo: string | null;
  readonly medicareExpiry: string | null;
  readonly dvaCode: number;
  readonly dvaType: string | null;
  readonly dvaNo: string | null;
  readonly ihi: string | null;
  readonly usualUser: number | null;
  readonly changed: string;
}

const columns = `
  S.STATUSTEXT AS status, P.DATEOFDEATH AS died, T.TITLE AS title, P.FIRSTNAME AS first, P.MIDDLENAME AS middle,
  P.SURNAME AS family, P.PREFERREDNAME AS preferred, P.ADDRESS1 AS address1, P.ADDRESS2 AS address2, P.CITY AS city,
  P.POSTCODE AS postcode, P.COUNTRY AS country, P.POSTALADDRESS AS postalAddress, P.POSTALCITY AS postalCity,
  P.POSTALPOSTCODE AS postalPostcode, P.POSTALCOUNTRY AS postalCountry, P.DOB AS born, X.SEX AS sex,
  P.HOMEPHONE AS homePhone, P.WORKPHONE AS workPhone, P.MOBILEPHONE AS mobilePhone, P.MEDICARENO AS medicareNo,
  P.MEDICARELINENO AS medicareLineNo, P.MEDICAREEXPIRY AS medicareExpiry, P.DVACODE AS dvaCode, D.DVATYPE AS dvaType,
  P.DVANO AS dvaNo, P.IHI AS ihi, U.USERID AS usualUser, COALESCE(P.UPDATED, P.CREATED) AS changed,
  (SELECT json_group_array(EMAIL) FROM (
    SELECT E.EMAIL FROM EMAIL E WHERE E.INTERNALID = P.INTERNALID AND E.RECORDSTATUS = 1 AND E.EMAIL <> ''
    ORDER BY E.EMAILCODE, E.RECORDID)) AS emails`;

const genders = ['male', 'female', 'other'];

function resource(row: Row, { practice }: Facade): FhirResource {
  const gender = row.sex?.toLowerCase() ?? '';
  const emails = JSON.parse(row.emails) as string[];
  return {
    resourceType: 'Patient',
    id: String(row.id),
    meta: { lastUpdated: instantOfText(row.changed, practice.timeZone) },
    ...listed('identifier', patientIdentifiers(row)),
    ...activity(row.status),
    ...listed('name', humanNames(row)),
    ...listed('telecom', [
      ...contact('phone', row.homePhone, 'home'),
      ...contact('phone', row.workPhone, 'work'),
      ...contact('phone', row.mobilePhone, 'mobile'),
      ...emails.flatMap((email) => contact('email', email)),
    ]),
    gender: genders.includes(gender) ? gender : 'unknown',
    ...(row.born && { birthDate: row.born.slice(0, 10) }),
    ...death(row),
    ...listed('address', [
      ...address({ use: 'home', type: 'physical' }, { ...row, lines: [row.address1, row.address2] }),
      ...address(
        { type: 'postal' },
        {
          lines: [row.postalAddress],
          city: row.postalCity,
          postcode: row.postalPostcode,
          country: row.postalCountry,
        },
      ),
    ]),
    ...(row.usualUser && { generalPractitioner: [{ reference: `Practitioner/${row.usualUser}` }] }),
  };
}

function activity(status: string | null): object {
  if (status === 'Active') return { active: true };
  return status === 'Inactive' ? { active: false } : {};
}

function death({ died, status }: Row): object {
  if (died) return { deceasedDateTime: died.slice(0, 10) };
  return status === 'Deceased' ? { deceasedBoolean: true } : {};
}

/** PATIENTS with EMAIL. Deleted records do not exist; inactive and deceased patients do. */
export const patient: ResourceKind = {
  type: 'Patient',
  supportedProfile: 'http://hl7.org.au/fhir/StructureDefinition/au-patient',
  parameters: patientParameters,
  from: `PATIENTS P
    LEFT JOIN TITLES T ON T.TITLECODE = P.TITLECODE
    LEFT JOIN SEX X ON X.SEXCODE = P.SEXCODE
    LEFT JOIN PATIENTSTATUS S ON S.STATUSCODE = P.PATIENTSTATUS
    LEFT JOIN DVATYPE D ON D.DVACODE = P.DVACODE
    LEFT JOIN USERS U ON U.USERID = P.USERID AND U.USERID <> 0`,
  current: 'P.RECORDSTATUS = 1 AND P.INTERNALID <> 0',
  id: 'P.INTERNALID',
  numericId: true,
  order: ['P.SURNAME', 'P.FIRSTNAME', 'P.INTERNALID'],
  sorts: {
    _id: ['P.INTERNALID'],
    _lastUpdated: ['COALESCE(P.UPDATED, P.CREATED)'],
    birthdate: ['P.DOB'],
    family: ['P.SURNAME'],
    given: ['P.FIRSTNAME'],
    name: ['P.SURNAME', 'P.FIRSTNAME'],
  },
  columns,
  writes: { create: createPatient, update: updatePatient },
  resources: (rows: readonly Row[], facade) => rows.map((row) => resource(row, facade)),
};
