import type { SiteRecord } from '../../datasources/halo-cloud/halo-session.ts';
import type { FhirCapability, FhirResource } from '../../datasources/halo-cloud/practice-connection.ts';
import type { RegisteredSqlQueryRecord } from '../../datasources/halo-cloud/sql/site-sql.ts';
import type { Codes } from '../../datasources/sql-passthrough/codes.ts';
import type { SqlRow } from '../../engine/row-decoder.ts';
import type { RegisteredPractice } from '../../practices-file.ts';
import type { Counts } from './reading.ts';

export type VerdictState = 'holds' | 'does not hold' | 'cannot tell';

export interface Verdict {
  readonly state: VerdictState;
  /** Values and counts, nothing of a patient. */
  readonly found: string;
  /** Replaces the remedy of the line. */
  readonly remedy?: string;
}

export const holds = (found: string): Verdict => ({ state: 'holds', found });
export const fails = (found: string, remedy?: string): Verdict => ({
  state: 'does not hold',
  found,
  ...(remedy !== undefined && { remedy }),
});
export const cannotTell = (found: string): Verdict => ({ state: 'cannot tell', found });

/** What a registered query did that `confirm --registered` started. */
export interface RegisteredRun {
  readonly name: string;
  /** The records that were read, in order. */
  readonly records: readonly RegisteredSqlQueryRecord[];
  /** Milliseconds from registering until the first result. Null: none came. */
  readonly firstResultMs: number | null;
  /** Whether a second cancellation succeeded too. */
  readonly cancelledTwice: boolean;
}

/** What `confirm` reads, by name. */
export interface Parts {
  /** Sites that Halo Cloud lists for the Bp Site ID. */
  readonly sites: readonly SiteRecord[];
  readonly site: SiteRecord;
  /** A row as Halo Cloud sent it, with a padded text, a NULL, a datetime and a bit. */
  readonly row: SqlRow;
  readonly capability: FhirCapability;
  /** FHIR resources of the appointments of the reading `sample`. */
  readonly appointments: readonly FhirResource[];
  readonly roles: readonly FhirResource[];
  readonly locations: readonly FhirResource[];
  readonly registered: RegisteredRun;
}

/** What was read, and why the rest was not. */
export interface Facts {
  readonly parts: Partial<Parts>;
  readonly counts: ReadonlyMap<string, Counts>;
  /** By the name of a part or of a reading. */
  readonly missing: ReadonlyMap<string, string>;
  readonly recorded: RegisteredPractice | undefined;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** The input of a verdict: everything that the line needs was read. */
export interface Evidence extends Parts {
  count(reading: string): Counts;
  /** With the overrides of `PRACTICES_FILE`. */
  readonly codes: Codes;
  readonly recorded: RegisteredPractice | undefined;
  readonly now: number;
}

/** An assumption, or a part of one, that reading can test. */
export interface Line {
  /** In docs/assumptions.md. */
  readonly id: string;
  /** What should be true, in a few words. */
  readonly about: string;
  /** The parts and readings that the verdict needs. */
  readonly needs: readonly string[];
  /** What is read and compared, for docs/assumptions.md. */
  readonly reads: string;
  /** What to change where it does not hold. */
  readonly remedy: string;
  verdict(evidence: Evidence): Verdict;
}

export const toMaintainers = 'No setting covers this: send the report of --json to the maintainers.';

/** `1 x 20, 4 x 3`, the most frequent first. */
export function listed(counts: Iterable<readonly [string, number]>, max = 12): string {
  const sorted = [...counts].sort(([, a], [, b]) => b - a);
  const shown = sorted.slice(0, max).map(([value, count]) => `${value === '' ? "''" : value} (${count})`);
  return [...shown, ...(sorted.length > max ? [`${sorted.length - max} more`] : [])].join(', ') || 'none';
}

export const total = (counts: Counts): number => [...counts.values()].reduce((sum, count) => sum + count, 0);

/** The values that a condition is true for. */
export function which(counts: Counts, condition: (value: string) => boolean): Counts {
  return new Map([...counts].filter(([value]) => condition(value)));
}

/** Holds if at least `least` of the rows have one of the values. */
export function mostly(
  counts: Counts,
  usual: readonly string[],
  { least, none }: { readonly least: number; readonly none: string },
): Verdict {
  const all = total(counts);
  if (all === 0) return cannotTell(none);
  const share = total(which(counts, (value) => usual.includes(value))) / all;
  const found = `${listed(counts)}: ${Math.floor(share * 1000) / 10} % as assumed.`;
  return share >= least ? holds(found) : fails(found);
}
