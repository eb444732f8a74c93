import { isDeepStrictEqual } from 'node:util';
import { changeUser } from '../database/clinic-record.ts';
import { unacceptable } from './outcome.ts';
import type { Facade, FhirResource } from './resource-kind.ts';
import { atMostOne, type Columns, type Fields, fitting, onlyChanges } from './sent-element.ts';
import { contactPoints, contactValue } from './sent-telecom.ts';

// Rests on assumption S15.

/** Replaces phone and e-mail of a user. Throws a FhirRefusal: 400 for any other change, 422 for values without a column. */
export function updatePractitioner(current: FhirResource, resource: Fields, facade: Facade): void {
  onlyChanges('telecom', current, resource);
  const was = contactColumns(current);
  const columns = contactColumns(resource);
  if (isDeepStrictEqual(columns, was)) return;
  const stamp = { now: facade.now(0), by: 0 };
  changeUser(facade.database, Number(current.id), fitting('USERS', columns, 'telecom'), stamp);
}

/** One phone at work and one e-mail address. */
function contactColumns(resource: Fields): Columns {
  const phone = atMostOne(contactPoints(resource, 'phone'), 'telecom (phone)');
  const email = atMostOne(contactPoints(resource, 'email'), 'telecom (email)');
  if (phone?.use !== undefined && phone.use !== 'work')
    throw unacceptable('telecom.use: only a phone at work can be kept');
  return {
    PHONE: phone ? contactValue(phone) : null,
    EMAIL: email ? contactValue(email) : null,
  };
}
