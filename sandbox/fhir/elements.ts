import type { FhirResource } from './resource-kind.ts';

const always = ['resourceType', 'id', 'meta'];
const subsetted = { system: 'http://terminology.hl7.org/CodeSystem/v3-ObservationValue', code: 'SUBSETTED' };

/** `_elements`: top-level names, `Patient.name` as well as `name`; `deceased` includes `deceasedBoolean` and `deceasedDateTime`. */
export function pruned(resource: FhirResource, elements: readonly string[]): FhirResource {
  if (elements.length === 0) return resource;
  const wanted = elements.map((element) => element.replace(/^[A-Z]\w*\./, '').split('.')[0] ?? element);
  const keeps = (key: string): boolean =>
    always.includes(key) ||
    wanted.some(
      (name) =>
        key === name || key === `_${name}` || (key.startsWith(name) && /^[A-Z]/.test(key.slice(name.length))),
    );
  const { resourceType, id } = resource;
  return {
    resourceType,
    id,
    ...Object.fromEntries(Object.entries(resource).filter(([key]) => keeps(key))),
    meta: { ...(resource.meta as object | undefined), tag: [subsetted] },
  };
}

/** Whether a resource was read with `_elements`. Writing it back would remove the other elements. */
export function isSubset({ meta }: Readonly<Record<string, unknown>>): boolean {
  const tags = (meta as { tag?: unknown } | null | undefined)?.tag;
  return Array.isArray(tags) && tags.some((tag) => tag?.code === subsetted.code);
}
