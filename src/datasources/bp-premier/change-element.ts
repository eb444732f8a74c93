/** Elements with some of them changed. A list or a part that stays is the very one that came, whatever else is in it. */
import type { FhirResource } from '../halo-cloud/practice-connection.ts';
import type { Element } from './read-element.ts';
import { unusable } from './references.ts';

/** A list as it came, in which anything can stand. */
export type List = readonly unknown[];

/** A list of a resource; none is empty. Throws UpstreamFailed for what is no list: it could not be sent back whole. */
export function listOf(resource: FhirResource, field: string): List {
  const value = resource[field] ?? [];
  if (!Array.isArray(value)) throw unusable(resource.resourceType, field);
  return value;
}

/** The resource with that list; FHIR knows no empty one. The same resource where the list is the one that it has. */
export function withList(resource: FhirResource, field: string, list: List): FhirResource {
  return list === resource[field] || (list.length === 0 && !resource[field])
    ? resource
    : withValue(resource, field, list);
}

/** With another value, or for null and an empty list none. What a `_` sibling says is of the old value and goes with it. */
export function withValue<T extends Element>(holder: T, field: string, value: unknown, beside?: unknown): T {
  const sibling = `_${field}`;
  const { [field]: _, [sibling]: __, ...rest } = holder;
  const gone = value === null || (Array.isArray(value) && value.length === 0);
  return {
    ...rest,
    ...(!gone && { [field]: value }),
    ...(!gone && beside !== undefined && { [sibling]: beside }),
  } as T;
}

/**
 * The first of the `chosen` entries of a list gives way to what `replace` makes of it, or a new one is added where none is.
 * Without `replace` all of them are taken away: what is read afterwards is none.
 */
export function withChosen(
  list: List,
  chosen: readonly Element[],
  replace: ((found: Element | null) => Element) | null,
): List {
  if (replace === null) return list.filter((each) => !chosen.includes(each as Element));
  const [found] = chosen;
  return found === undefined ? [...list, replace(null)] : list.with(list.indexOf(found), replace(found));
}
