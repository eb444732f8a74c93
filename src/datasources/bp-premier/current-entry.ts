/**
 * Chooses among several names, telecoms, addresses or identifiers. A FHIR resource also holds former entries and entries for
 * other uses. Reads, checks of a search and updates all choose with this.
 */

import type { LocalDate } from '../../time/types.ts';
import { assumedZone } from '../../time/zones.ts';
import type { PracticeConnection } from '../halo-cloud/practice-connection.ts';
import { type Element, element, elements, text } from './read-element.ts';

// Rests on assumption F19.

/** The rank of an entry: the smallest is the best. Null: the entry is not of the kind. */
export type Preference = (entry: Element) => number | null;

/** Added to the rank of an empty entry (such as a name without any part), so that any other is better. */
export const emptyEntry = 100;

interface Ranked {
  readonly entry: Element;
  /** The numbers to compare, the most important first. */
  readonly order: readonly number[];
}

/** For the periods of entries. These are compared by whole days, so that the zone of the practice hardly matters. */
export function todayOf(connection: PracticeConnection): LocalDate {
  return connection.today(assumedZone);
}

/**
 * The entries of a kind, the best first. Current ones come before those that begin later. After that they are ordered by
 * preference, by `rank`, and by position. Entries with the use `old` are left out.
 * @param ended whether ended entries are included, after all others
 */
export function inOrder(
  list: unknown,
  preference: Preference,
  today: LocalDate,
  ended: 'ENDED_TOO' | 'NOT_ENDED' = 'NOT_ENDED',
): readonly Element[] {
  const ranked: Ranked[] = [];
  for (const entry of elements(list)) {
    const wanted = entry.use === 'old' ? null : preference(entry);
    if (wanted === null) continue;
    const phase = phaseOf(entry, today);
    if (phase === 'ENDED' && ended === 'NOT_ENDED') continue;
    ranked.push({ entry, order: [phases.indexOf(phase), wanted, rankOf(entry)] });
  }
  return ranked.length < 2
    ? ranked.map(({ entry }) => entry)
    : ranked.toSorted(compare).map(({ entry }) => entry);
}

const phases = ['CURRENT', 'LATER', 'ENDED'] as const;

export function phaseOf({ period }: Element, today: LocalDate): (typeof phases)[number] {
  const { start, end } = element(period) ?? {};
  if (compareDay(end, today) < 0) return 'ENDED';
  return compareDay(start, today) > 0 ? 'LATER' : 'CURRENT';
}

/** A FHIR date can be a month or a year. Then it is compared as such. An unreadable date counts as today. */
function compareDay(value: unknown, today: LocalDate): number {
  const [written] = /^\d{4}(-\d{2}(-\d{2})?)?/.exec(text(value) ?? '') ?? [];
  if (written === undefined) return 0;
  const same = today.slice(0, written.length);
  return written < same ? -1 : written > same ? 1 : 0;
}

function rankOf({ rank }: Element): number {
  return typeof rank === 'number' ? rank : Number.MAX_SAFE_INTEGER;
}

function compare(a: Ranked, b: Ranked): number {
  const at = a.order.findIndex((value, index) => value !== b.order[index]);
  return at < 0 ? 0 : (a.order[at] as number) - (b.order[at] as number);
}
