/** A patient's addresses with one of them replaced. */
import type { HomeAddress } from '../patient-writes.ts';
import { type List, withValue } from './change-element.ts';
import { type AddressKind, findAddress, isAddress, readAddress } from './read-address.ts';
import { type Element, element, elements } from './read-element.ts';

/** What says where it is. A country is not: it cannot be told, and stays. */
const place = ['line', 'city', 'district', 'state', 'postalCode', 'text'];
const newAddress = {
  physical: { use: 'home', type: 'physical' },
  postal: { type: 'postal' },
} as const;

/** Null: none of that kind. An address that served both kinds goes on as the other. The same list where nothing differs. */
export function withAddress(
  addresses: List,
  kind: AddressKind,
  wanted: HomeAddress | null | undefined,
): List {
  const found = findAddress(elements(addresses), kind);
  if (wanted === undefined || isSame(found, wanted)) return addresses;
  if (wanted === null || isNothing(wanted)) return addresses.flatMap((each) => withoutKind(each, kind));
  const at = addresses.indexOf(found);
  if (found === undefined) return [...addresses, written(newAddress[kind], wanted)];
  return found.type === 'both'
    ? addresses.toSpliced(at, 1, ...withoutKind(found, kind), written(newAddress[kind], wanted))
    : addresses.with(at, written(found, wanted));
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
  if (address === null || !isAddress(address, kind)) return [each];
  return address.type === 'both' ? [{ ...address, type: kind === 'physical' ? 'postal' : 'physical' }] : [];
}

function written(base: Element, { line1, line2, suburb, postcode }: HomeAddress): Element {
  const bare = place.reduce((address, field) => withValue(address, field, null), base);
  const line = [line1, line2].filter(Boolean);
  return {
    ...bare,
    ...(line.length > 0 && { line }),
    ...(suburb && { city: suburb }),
    ...(postcode && { postalCode: postcode }),
  };
}
