/** Parts of resources that people and places share. Empty text counts as absent throughout. */
interface ContactPoint {
  readonly system: 'phone' | 'email' | 'fax';
  readonly use?: 'home' | 'work' | 'mobile';
  readonly value: string;
}

export function contact(
  system: ContactPoint['system'],
  value: string | null | undefined,
  use?: ContactPoint['use'],
): ContactPoint[] {
  return value ? [{ system, ...(use && { use }), value }] : [];
}

interface Place {
  readonly lines: readonly (string | null)[];
  readonly city: string | null;
  readonly postcode: string | null;
  readonly country?: string | null;
}

/** An Address of the known parts, or undefined when there are none. Bp Premier records no state. */
export function address(
  kind: Readonly<Record<string, string>>,
  { lines, city, postcode, country }: Place,
): object[] {
  const line = lines.filter((text) => text);
  const known = {
    ...(line.length > 0 && { line }),
    ...(city && { city }),
    ...(postcode && { postalCode: postcode }),
    ...(country && { country }),
  };
  return Object.keys(known).length > 0 ? [{ ...kind, ...known }] : [];
}

/** A list element of a resource: left out when empty, because FHIR knows no empty list. */
export function listed<T>(name: string, values: readonly T[]): Readonly<Record<string, readonly T[]>> {
  return values.length > 0 ? { [name]: values } : {};
}
