import type { FhirResource } from '../practice-connection.ts';
import type { User } from '../practice-data.ts';
import { roleOfUserCategory } from '../user-role.ts';
import { readContact } from './read-address.ts';
import { elements, flag, text, texts } from './read-element.ts';
import { idOf } from './references.ts';
import { providerNumbersOf, type Role } from './roles.ts';

/** The phone at work, or one that is given without a use: those for home and mobile are private (B17). */
function readUserPhone(telecom: unknown): string | null {
  return (
    readContact(telecom, { system: 'phone', use: 'work' }) ??
    readContact(telecom, { system: 'phone', use: null })
  );
}

/**
 * A FHIR Practitioner with its roles; `roles` undefined: they were not fetched, because nobody reads what they know.
 * FHIR does not say who takes appointments.
 */
export function readUser(resource: FhirResource, roles: readonly Role[] | undefined): User {
  const names = elements(resource.name);
  const name = names.find((each) => each.use === 'official') ?? names.find((each) => each.use !== 'old');
  const pmsRole = roles?.map((role) => role.category).find((category) => category !== null) ?? null;
  const user: User = {
    pmsId: idOf(resource),
    title: texts(name?.prefix)[0] ?? null,
    firstName: texts(name?.given)[0] ?? null,
    lastName: text(name?.family),
    role: roleOfUserCategory(pmsRole),
    pmsRole,
    active: flag(resource.active),
    takesAppointments: null,
    email: readContact(resource.telecom, { system: 'email' }),
    phone: readUserPhone(resource.telecom),
    locationId: roles?.[0]?.locationId ?? null,
  };
  return roles === undefined ? user : { ...user, providerNumbers: providerNumbersOf(roles) };
}
