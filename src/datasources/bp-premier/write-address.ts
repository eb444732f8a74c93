/** Replaces one of a patient's addresses. */
import type { Address } from 'fhir/r4.js';
import type { LocalDate } from '../../time/types.ts';
import type { HomeAddress } from '../domain/patient-writes.ts';
import { type List, withValue } from './change-element.ts';
import { type AddressKind, addressesOf, addressLines, readAddress } from './read-address.ts';
import { type Element, element } from './read-element.ts';

const newAddress = {
  physical: { use: 'home', type: 'physical' },
  postal: { type: 'postal' },
} as const satisfies Record<AddressKind, Address>;

/**
 * Null removes the addresses of that kind. An address of both kinds stays as the other kind. An address for another use
 * (billing, work, temporary) stays beside the new one. Returns the same list when nothing differs.
 */
export function withAddress(
  addresses: List,
  kind: AddressKind,
  wanted: HomeAddress | null | undefined,
  today: LocalDate,
): List {
  const chosen = addressesOf(addresses, kind, today);
  const [found] = chosen;
  if (wanted === undefined || isSame(found, wanted)) return addresses;
  if (wanted === null || isNothing(wanted)) {
    return addresses.flatMap((each) => (chosen.includes(each as Element) ? withoutKind(each, kind) : [each]));
  }
  if (found === undefined || isForAnotherUse(found, kind)) {
    return [...addresses, written(newAddress[kind], wanted)];
  }
  const at = addresses.indexOf(found);
  return found.type === 'both'
    ? addresses.toSpliced(at, 1, ...withoutKind(found, kind), written(newAddress[kind], wanted))
    : addresses.with(at, written(found, wanted));
}

/** A postal address is written without a use, because billing addresses are postal too. */
function isForAnotherUse({ use }: Element, kind: AddressKind): boolean {
  return kind === 'physical' && use !== undefined && use !== 'home';
}

function isSame(found: Element | undefined, wanted: HomeAddress | null): boolean {
  const current = readAddress(found);
  if (wanted === null || current === null) return wanted === current;
  return (['line1', 'line2', 'suburb', 'postcode'] as const).every((part) => wanted[part] === current[part]);
}

function isNothing(address: HomeAddress): boolean {
  return Object.values(address).every((part) => !part);
}

function withoutKind(each: unknown, kind: AddressKind): List {
  const address = element(each);
  if (address?.type !== 'both') return [];
  return [{ ...address, type: kind === 'physical' ? 'postal' : 'physical' }];
}

/**
 * Writes only the parts that differ. Further lines stay when the second line reads the same. State and district stay when
 * suburb and postcode are the same. A change has no country, so that stays. `text` holds the old address, so it is removed.
 */
function written(base: Element, wanted: HomeAddress): Element {
  const current = readAddress(base);
  const differs = (part: keyof HomeAddress) => wanted[part] !== (current?.[part] ?? null);
  const [first, ...further] = addressLines(base);
  const line = [
    differs('line1') ? wanted.line1 : first,
    ...(differs('line2') ? [wanted.line2] : further),
  ].filter(Boolean);
  let address = withValue(base, 'text', null);
  if (differs('line1') || differs('line2') || !Array.isArray(base.line))
    address = withValue(address, 'line', line);
  if (!differs('suburb') && !differs('postcode')) return address;
  for (const field of ['district', 'state']) address = withValue(address, field, null);
  return withValue(withValue(address, 'city', wanted.suburb), 'postalCode', wanted.postcode);
}
