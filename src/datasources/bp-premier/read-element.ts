import type { FhirResource } from '../halo-cloud/practice-connection.ts';

/** A resource as it was received: it has the fields of its FHIR type, but no value is validated. */
export type Received<Resource> = Pick<FhirResource, 'resourceType' | 'id'> & {
  readonly [Field in Exclude<keyof Resource, 'resourceType' | 'id'>]?: unknown;
};

/** One JSON object inside a resource. */
export type Element = Readonly<Record<string, unknown>>;

export function element(value: unknown): Element | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Element) : null;
}

/** The objects of a list. Other entries are left out. Empty when the value is not a list. */
export function elements(value: unknown): readonly Element[] {
  return Array.isArray(value) ? value.map(element).filter((each) => each !== null) : [];
}

/** Trimmed. Null when it is blank or not a string. */
export function text(value: unknown): string | null {
  return typeof value === 'string' ? value.trim() || null : null;
}

export function texts(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.map(text).filter((each) => each !== null) : [];
}

export function flag(value: unknown): boolean | null {
  return typeof value === 'boolean' ? value : null;
}
