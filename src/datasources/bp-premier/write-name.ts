/** Changes parts of a patient's names. */

import type { LocalDate } from '../../time/types.ts';
import type { PatientDetails } from '../domain/patient-writes.ts';
import { type List, withChosen, withValue } from './change-element.ts';
import { type Element, element, text } from './read-element.ts';
import { chooseName, inParts, preferredNames, readName, readPreferredName } from './read-name.ts';

type Names = Partial<
  Pick<PatientDetails, 'title' | 'firstName' | 'middleName' | 'lastName' | 'preferredName'>
>;

/** A text of a list, with its entry in the `_` sibling list of FHIR. */
interface Part {
  readonly value: unknown;
  readonly beside: unknown;
}

const unknownPart = {
  extension: [{ url: 'http://hl7.org/fhir/StructureDefinition/data-absent-reason', valueCode: 'unknown' }],
};

export function withNames(names: List, { preferredName, ...parts }: Names, today: LocalDate): List {
  return withPreferredName(withName(names, parts, today), preferredName, today);
}

function withName(names: List, parts: Omit<Names, 'preferredName'>, today: LocalDate): List {
  const found = chooseName(names, today);
  const name = found ?? { use: 'official' };
  const changed = withParts(name, parts);
  if (changed === name) return names;
  const isEmpty = Object.keys(changed).every((field) => field === 'use' || field === 'id');
  const others = names.filter((each) => each !== found);
  // Keep an empty name when another name would be read without it.
  if (isEmpty && chooseName(others, today) === undefined) return others;
  return found ? names.map((each) => (each === found ? changed : each)) : [changed, ...names];
}

/** Returns the same name when nothing differs. Otherwise it removes `text`, which holds the old name. */
function withParts(name: Element, parts: Omit<Names, 'preferredName'>): Element {
  const current = readName(name);
  const differs = (part: keyof typeof current) => parts[part] !== undefined && parts[part] !== current[part];
  const base = inParts(name);
  let changed = base;
  if (differs('lastName')) changed = withValue(changed, 'family', parts.lastName);
  if (differs('title'))
    changed = withParted(changed, 'prefix', firstReplaced(changed, 'prefix', parts.title));
  if (differs('firstName') || differs('middleName')) {
    const [first = absent, ...middle] = partsOf(base, 'given');
    changed = withGiven(
      changed,
      differs('firstName') ? partOf(parts.firstName) : first,
      differs('middleName') ? [partOf(parts.middleName)] : middle,
    );
  }
  return changed === base ? name : withValue(changed, 'text', null);
}

/** A middle name keeps its position when the first name is unknown. */
function withGiven(name: Element, first: Part, middle: readonly Part[]): Element {
  const later = middle.filter(({ value }) => text(value) !== null);
  if (text(first.value) !== null) return withParted(name, 'given', [first, ...later]);
  return withParted(
    name,
    'given',
    later.length === 0 ? [] : [{ value: null, beside: unknownPart }, ...later],
  );
}

/** Writes a usual name as a nickname when it would otherwise be read as the patient's name in the practice. */
function withPreferredName(names: List, preferredName: string | null | undefined, today: LocalDate): List {
  if (preferredName === undefined || preferredName === readPreferredName(names, today)) return names;
  const found = preferredNames(names, today);
  if (preferredName === null) return withChosen(names, found, null);
  const usual = { use: 'usual', given: [preferredName] };
  const added = chooseName([usual, ...names], today) === usual ? { ...usual, use: 'nickname' } : usual;
  return withChosen(names, found, (each) =>
    each === null
      ? added
      : withValue(withParted(each, 'given', firstReplaced(each, 'given', preferredName)), 'text', null),
  );
}

const absent: Part = { value: null, beside: null };

function partOf(value: string | null | undefined): Part {
  return { value: value ?? null, beside: null };
}

function partsOf(name: Element, field: string): readonly Part[] {
  const [values, besides] = [name[field], name[`_${field}`]].map(
    (list): List => (Array.isArray(list) ? list : []),
  ) as [List, List];
  return values.map((value, at) => ({ value, beside: element(besides[at]) }));
}

/** Replaces the first text that is not empty. Null removes all. */
function firstReplaced(name: Element, field: string, value: string | null | undefined): readonly Part[] {
  if (value === null || value === undefined) return [];
  const parts = partsOf(name, field);
  const at = parts.findIndex((part) => text(part.value) !== null);
  return at < 0 ? [partOf(value)] : parts.with(at, partOf(value));
}

function withParted(name: Element, field: string, parts: readonly Part[]): Element {
  const besides = parts.map(({ beside }) => beside);
  return withValue(
    name,
    field,
    parts.map(({ value }) => value),
    besides.some((beside) => beside !== null) ? besides : undefined,
  );
}
