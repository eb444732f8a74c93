import type { Selection } from './selection.ts';

/** The union of several selections. */
export function mergeSelections(selections: Iterable<Selection>): Selection {
  const distinct = [...new Set(selections)];
  const [only] = distinct;
  if (distinct.length === 1 && only) return only;
  const merged: Record<string, Selection> = {};
  for (const selection of distinct) {
    for (const [field, below] of Object.entries(selection)) {
      const known = merged[field];
      merged[field] = known ? mergeSelections([known, below]) : below;
    }
  }
  return merged;
}

const texts = new WeakMap<Selection, string>();

/** A text that is equal for equal fields in any order. Cached, because the rows of a list share their selection. */
export function selectionKey(selection: Selection): string {
  const known = texts.get(selection);
  if (known !== undefined) return known;
  const text = Object.keys(selection)
    .sort()
    .map((field) => `${field}{${selectionKey(selection[field] ?? {})}}`)
    .join('');
  texts.set(selection, text);
  return text;
}
