/** Changes elements of a resource. An unchanged list or part stays the same object, with all its content. */
import type { FhirResource } from '../halo-cloud/practice-connection.ts';
import type { Element } from './read-element.ts';
import { malformed } from './references.ts';

/** An unvalidated list. */
export type List = readonly unknown[];

/** A list of a resource. Empty when it is absent. Throws UpstreamFailed when it is not a list, because it cannot be updated. */
export function listOf(resource: FhirResource, field: string): List {
  const value = resource[field] ?? [];
  if (!Array.isArray(value)) throw malformed(resource.resourceType, field);
  return value;
}

/** The resource with that list. FHIR has no empty lists. Returns the same resource when the list is unchanged. */
export function withList(resource: FhirResource, field: string, list: List): FhirResource {
  return list === resource[field] || (list.length === 0 && !resource[field])
    ? resource
    : withValue(resource, field, list);
}

/** Sets a value, or removes it for null and an empty list. Also removes the `_` sibling, which describes the old value. */
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
 * Replaces the first of the `chosen` entries by the result of `replace`. Adds a new entry when there is none. Without
 * `replace`, removes all chosen entries, so that the next read finds none.
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
