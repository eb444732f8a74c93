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

/** Sets the phone or e-mail address of a kind. Null removes it. Returns the same list when nothing differs. */
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
