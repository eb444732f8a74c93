import { listed } from './contact.ts';

interface Named {
  readonly title: string | null;
  readonly first: string | null;
  readonly middle?: string | null;
  readonly family: string | null;
  readonly preferred?: string | null;
}

const unknownPart = {
  extension: [{ url: 'http://hl7.org/fhir/StructureDefinition/data-absent-reason', valueCode: 'unknown' }],
};

/** `official` and, for a person with a preferred name, `usual`. */
export function humanNames({ title, first, middle, family, preferred }: Named): object[] {
  const parts = [title, first, middle, family].filter((part) => part);
  const official = {
    use: 'official',
    text: parts.join(' '),
    ...(family && { family }),
    ...givenNames(first, middle),
    ...listed('prefix', title ? [title] : []),
  };
  return [
    ...(parts.length > 0 ? [official] : []),
    ...(preferred ? [{ use: 'usual', given: [preferred] }] : []),
  ];
}

/** A middle name keeps its position when the first name is unknown: FHIR's null with a data-absent reason. */
function givenNames(first: string | null, middle: string | null | undefined): object {
  if (!first && middle) return { given: [null, middle], _given: [unknownPart, null] };
  return listed(
    'given',
    [first, middle].filter((name) => name),
  );
}
