import type { Address } from '../practice-data.ts';
import { type Element, element, elements, text, texts } from './read-element.ts';

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

export type AddressKind = 'physical' | 'postal';

/** Whether an address in use is of that kind; one without a type is a physical one. */
export function isAddress({ type, use }: Element, kind: AddressKind): boolean {
  if (use === 'old') return false;
  return kind === 'postal' ? type === 'postal' || type === 'both' : type !== 'postal';
}

export function findAddress(addresses: readonly Element[], kind: AddressKind): Element | undefined {
  return addresses.find((each) => isAddress(each, kind));
}

/** Some ContactPoints: of any use when none is named, for null of those that name none. */
export interface ContactKind {
  readonly system: 'phone' | 'email';
  readonly use?: 'home' | 'work' | 'mobile' | null;
}

export function isContact(point: Element, { system, use }: ContactKind): boolean {
  return point.system === system && point.use !== 'old' && (use === undefined || (point.use ?? null) === use);
}

/** The values of a ContactPoint list that are of that kind. */
export function readContacts(telecom: unknown, kind: ContactKind): readonly string[] {
  return elements(telecom)
    .filter((point) => isContact(point, kind))
    .map((point) => text(point.value))
    .filter((value) => value !== null);
}

/** The first of them. */
export function readContact(telecom: unknown, kind: ContactKind): string | null {
  return readContacts(telecom, kind)[0] ?? null;
}
