import type { Practitioner } from 'fhir/r4.js';
import type { LocalDate } from '../../time/types.ts';
import type { User } from '../domain/user.ts';
import { roleOfUserCategory } from '../domain/user-role.ts';
import { readContact } from './read-contact.ts';
import { flag, type Received } from './read-element.ts';
import { chooseName, readName } from './read-name.ts';
import { idOf } from './references.ts';
import { providerNumbersOf, type Role } from './roles.ts';

/** The work phone, or one without a use. Home and mobile phones are private (B17). */
function readUserPhone(telecom: unknown, today: LocalDate): string | null {
  return readContact(telecom, 'workPhone', today) ?? readContact(telecom, 'phoneWithoutUse', today);
}

/**
 * A FHIR Practitioner with its roles. `roles` is undefined when no selected field needs them, so that they were not fetched.
 * FHIR does not say which users take appointments.
 */
export function readUser(
  resource: Received<Practitioner>,
  roles: readonly Role[] | undefined,
  today: LocalDate,
): User {
  const { title, firstName, lastName } = readName(chooseName(resource.name, today));
  const pmsRole = roles?.map((role) => role.category).find((category) => category !== null) ?? null;
  const user: User = {
    pmsId: idOf(resource),
    title,
    firstName,
    lastName,
    role: roleOfUserCategory(pmsRole),
    pmsRole,
    active: flag(resource.active),
    takesAppointments: null,
    email: readContact(resource.telecom, 'email', today),
    phone: readUserPhone(resource.telecom, today),
    locationId: roles?.[0]?.locationId ?? null,
  };
  return roles === undefined ? user : { ...user, providerNumbers: providerNumbersOf(roles) };
}
