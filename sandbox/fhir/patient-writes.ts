import { isDeepStrictEqual } from 'node:util';
import { isCurrent } from '../database/appointment-book.ts';
import { dateTime } from '../database/dates.ts';
import { addPatientRecord, changePatientRecord } from '../database/patient-record.ts';
import type { Stamp } from '../database/write-row.ts';
import { badResource, unacceptable } from './outcome.ts';
import { cards, dvaColumns, ihiColumns, medicareColumns } from './patient-card-columns.ts';
import { addresses, homeColumns, phoneColumns, postalColumns } from './patient-contact-columns.ts';
import { nameColumns } from './patient-name-columns.ts';
import type { Facade, FhirResource } from './resource-kind.ts';
import {
  atMostOne,
  type Columns,
  type Fields,
  fitting,
  keepsOnly,
  repeated,
  textOf,
  wholeDay,
} from './sent-element.ts';
import { contactPoints, contactValue } from './sent-telecom.ts';

// Rests on assumptions S12 and S14.

/** Patients belong to no location: their times are those of the practice itself. */
const mainLocation = 0;

/** The columns of one part of a patient; none when the part is unchanged. Throws a FhirRefusal. */
type Part = (sent: Fields, current: Fields | null, facade: Facade) => Columns;

function part<T>(
  path: string,
  said: (resource: Fields) => T,
  columns: (wanted: T, facade: Facade) => Columns,
): Part {
  return (sent, current, facade) => {
    const wanted = said(sent);
    if (current !== null && isDeepStrictEqual(wanted, said(current))) return {};
    return fitting('PATIENTS', columns(wanted, facade), path);
  };
}

const parts: readonly Part[] = [
  part(
    'name',
    (resource) => repeated(resource, 'name'),
    (names, { database }) => nameColumns(names, database),
  ),
  part('telecom (phone)', (resource) => contactPoints(resource, 'phone'), phoneColumns),
  part('gender', ({ gender }) => gender, sexColumn),
  part('birthDate', ({ birthDate }) => birthDate, birthColumn),
  part('address (home)', (resource) => addresses(resource, 'home'), homeColumns),
  part('address (postal)', (resource) => addresses(resource, 'postal'), postalColumns),
  part('generalPractitioner', (resource) => repeated(resource, 'generalPractitioner'), usualUserColumn),
  part('identifier (Medicare)', (resource) => cards(resource, 'medicare'), medicareColumns),
  part(
    'identifier (DVA)',
    (resource) => cards(resource, 'dva'),
    (found, { database }) => dvaColumns(found, database),
  ),
  part('identifier (IHI)', (resource) => cards(resource, 'ihi'), ihiColumns),
];

const elements = [
  ...['resourceType', 'id', 'meta', 'text', 'identifier', 'active', 'name', 'telecom', 'gender', 'birthDate'],
  ...['deceasedBoolean', 'deceasedDateTime', 'address', 'generalPractitioner'],
];

/** Adds an active patient and returns the new id. Throws a FhirRefusal: 400 for a malformed resource, 422 for values without a column. */
export function createPatient(resource: Fields, facade: Facade): string {
  const { columns, emails } = read(resource, null, facade);
  const [email = null] = emails;
  if (emails.length > 1) throw unacceptable('telecom (email): only one can be added');
  return String(addPatientRecord(facade.database, columns, email, stamp(facade)));
}

/**
 * Replaces the parts of a patient that FHIR shows with the sent resource. Omitted elements are removed. Throws a
 * FhirRefusal before anything is written.
 */
export function updatePatient(current: FhirResource, resource: Fields, facade: Facade): void {
  const { columns, emails } = read(resource, current, facade);
  const steps = emailSteps(contactPoints(current, 'email').map(contactValue), emails);
  if (steps.length === 0 && Object.keys(columns).length === 0) return;
  for (const email of steps.length === 0 ? [undefined] : steps)
    changePatientRecord(facade.database, Number(current.id), columns, email, stamp(facade));
}

function read(resource: Fields, current: FhirResource | null, facade: Facade) {
  keepsOnly(resource, elements, 'Patient');
  const was = lifeOf(current ?? { active: true });
  if (!isDeepStrictEqual(lifeOf(current ? resource : { active: true, ...resource }), was))
    throw unacceptable('Patient.active and Patient.deceased cannot be set');
  const columns: Columns = Object.assign({}, ...parts.map((each) => each(resource, current, facade)));
  const emails = contactPoints(resource, 'email').map(contactValue);
  for (const EMAIL of emails) fitting('EMAIL', { EMAIL }, 'telecom (email)');
  return { columns, emails };
}

/** A resource without `deceased` states that the patient is alive. */
function lifeOf({ active, deceasedDateTime, deceasedBoolean = false }: Fields): readonly unknown[] {
  return [active, deceasedDateTime, deceasedBoolean];
}

/** Updates the addresses: the first one gets the new value. Null deletes all. */
function emailSteps(was: readonly string[], wanted: readonly string[]): readonly (string | null)[] {
  if (isDeepStrictEqual(was, wanted)) return [];
  const [first = null, ...others] = wanted;
  if (first === null || (was.length > 0 && isDeepStrictEqual(others, was.slice(1)))) return [first];
  if (others.length > 0) throw unacceptable('telecom (email): a second one can be neither added nor changed');
  return was.length === 0 ? [first] : [null, first];
}

function stamp({ now }: Facade): Stamp {
  return { now: now(mainLocation), by: 0 };
}

/** The sex with this name. Unknown if it is missing. */
function sexColumn(gender: unknown, { database }: Facade): Columns {
  const text = textOf(gender, 'gender') ?? 'unknown';
  if (!['male', 'female', 'other', 'unknown'].includes(text))
    throw badResource('gender is none of the codes');
  const [found] = database.all<{ code: number }>('SELECT SEXCODE AS code FROM SEX WHERE SEX = @text', {
    '@text': text === 'unknown' ? '' : text,
  });
  if (!found) throw unacceptable('gender cannot be kept');
  return { SEXCODE: found.code };
}

function birthColumn(birthDate: unknown, { now }: Facade): Columns {
  if (birthDate === undefined) return { DOB: null };
  const date = wholeDay(birthDate, 'birthDate');
  if (date > now(mainLocation).slice(0, 10)) throw unacceptable('birthDate is in the future');
  return { DOB: dateTime(date) };
}

function usualUserColumn(references: readonly Fields[], { database }: Facade): Columns {
  const found = atMostOne(references, 'generalPractitioner');
  if (found === undefined) return { USERID: 0 };
  const [, id] = /(?:^|\/)Practitioner\/(\d{1,15})$/.exec(String(found.reference)) ?? [];
  if (id === undefined || !isCurrent(database, 'USERS', Number(id)))
    throw unacceptable('generalPractitioner: no such Practitioner');
  return { USERID: Number(id) };
}
