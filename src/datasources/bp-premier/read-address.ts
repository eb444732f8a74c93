import type { LocalDate } from '../../time/types.ts';
import type { Address } from '../domain/patient.ts';
import { emptyEntry, inOrder } from './current-entry.ts';
import { type Element, element, text, texts } from './read-element.ts';

/** Null when every part is empty. The graph has two lines, so further lines are added to the second. */
export function readAddress(value: unknown): Address | null {
  const address = element(value);
  if (address === null) return null;
  const [line1 = null, ...further] = addressLines(address);
  const read: Address = {
    line1,
    line2: further.join(', ') || null,
    suburb: text(address.city),
    postcode: text(address.postalCode),
    state: text(address.state),
    country: text(address.country),
  };
  return Object.values(read).some((part) => part !== null) ? read : null;
}

/** The lines of `text`, used if an address has no lines, no suburb and no postcode. */
export function addressLines(address: Element): readonly string[] {
  const isText =
    texts(address.line).length === 0 && text(address.city) === null && text(address.postalCode) === null;
  return isText ? texts((text(address.text) ?? '').split(/[\r\n]+/)) : texts(address.line);
}

export type AddressKind = 'physical' | 'postal';

/** Rank by use: a home address comes before temporary, work and billing addresses. */
const uses: ReadonlyMap<unknown, number> = new Map([
  ['home', 0],
  ['temp', 2],
  ['work', 3],
  ['billing', 4],
]);

/** Whether an address is of that kind. One without a type is physical. */
export function isAddress({ type }: Element, kind: AddressKind): boolean {
  return kind === 'postal' ? type === 'postal' || type === 'both' : type !== 'postal';
}

/** The addresses of a kind. The best comes first. */
export function addressesOf(addresses: unknown, kind: AddressKind, today: LocalDate): readonly Element[] {
  return inOrder(
    addresses,
    (each) => {
      if (!isAddress(each, kind)) return null;
      return (uses.get(each.use) ?? 1) + (readAddress(each) === null ? emptyEntry : 0);
    },
    today,
  );
}
