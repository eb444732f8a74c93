import type { ContactPoint } from 'fhir/r4.js';
import type { LocalDate } from '../../time/types.ts';
import { type List, withChosen, withValue } from './change-element.ts';
import { type ContactKind, contacts, readContact } from './read-contact.ts';

type Writable = Exclude<ContactKind, 'anyPhone'>;

const newContacts: Readonly<Record<Writable, ContactPoint>> = {
  homePhone: { system: 'phone', use: 'home' },
  workPhone: { system: 'phone', use: 'work' },
  mobilePhone: { system: 'phone', use: 'mobile' },
  phoneWithoutUse: { system: 'phone' },
  email: { system: 'email' },
};

/** A ContactPoint list with another phone or e-mail address of a kind; null: none. The same list where nothing differs. */
export function withContact(
  telecom: List,
  kind: Writable,
  wanted: string | null | undefined,
  today: LocalDate,
): List {
  if (wanted === undefined || wanted === readContact(telecom, kind, today)) return telecom;
  return withChosen(
    telecom,
    contacts(telecom, kind, today),
    wanted === null ? null : (found) => withValue(found ?? { ...newContacts[kind] }, 'value', wanted),
  );
}
