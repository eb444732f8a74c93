import type { Address } from '../domain/patient.ts';
import { nothing, type Reader } from './row.ts';

type Part = Reader<string | null>;

/** Null when nothing of it is filled in. Bp Premier's addresses have no state. */
export function addressReader(parts: {
  readonly line1: Part;
  readonly line2?: Part;
  readonly suburb: Part;
  readonly postcode: Part;
  readonly country?: Part;
}): Reader<Address | null> {
  const { line1, line2 = nothing, suburb, postcode, country = nothing } = parts;
  return (row) => {
    const address = {
      line1: line1(row),
      line2: line2(row),
      suburb: suburb(row),
      postcode: postcode(row),
      state: null,
      country: country(row),
    };
    return Object.values(address).every((part) => part === null) ? null : address;
  };
}
