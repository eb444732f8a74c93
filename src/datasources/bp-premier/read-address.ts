import type { Address } from '../practice-data.ts';
import { element, elements, text, texts } from './read-element.ts';

/** Null when nothing of it is known. */
export function readAddress(value: unknown): Address | null {
  const address = element(value);
  if (address === null) return null;
  const [line1 = null, line2 = null] = texts(address.line);
  const read: Address = {
    line1,
    line2,
    suburb: text(address.city),
    postcode: text(address.postalCode),
    state: text(address.state),
    country: text(address.country),
  };
  return Object.values(read).some((part) => part !== null) ? read : null;
}

/** The values of a ContactPoint list with that system, and with that use when one is named. */
export function readContacts(telecom: unknown, system: 'phone' | 'email', use?: string): readonly string[] {
  return elements(telecom)
    .filter((point) => point.system === system && point.use !== 'old' && (!use || point.use === use))
    .map((point) => text(point.value))
    .filter((value) => value !== null);
}

/** The first of them. */
export function readContact(telecom: unknown, system: 'phone' | 'email', use?: string): string | null {
  return readContacts(telecom, system, use)[0] ?? null;
}
