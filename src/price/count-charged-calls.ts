/**
 * Counts the charged calls of an operation without executing it.
 *
 * A DataLoader sends one call for up to 1,000 keys that it receives in one moment. A moment follows a response from upstream:
 * fields that wait for the same response continue together, fields that wait for different ones do not. If several rows send
 * the same question in one moment, it is one call too, because identical reads in flight are shared.
 */

import { mergeSelections, selectionKey } from '../datasources/domain/merge-selections.ts';
import type { SourcePreference } from '../datasources/domain/pms.ts';
import type { Selection } from '../datasources/domain/selection.ts';
import type { PricedQuestion, ReadOnce } from '../datasources/practice/source-adapter.ts';
import { boundOf, boundOfAll, type Step } from './steps.ts';

/** The entities of one practice that one field of the operation returns. */
export interface Entities {
  /** The practice, or one name for several practices that cost the same each. */
  readonly practice: string;
  /** The number of these practices. */
  readonly practices: number;
  readonly moment: string;
  /** The number of moments in which they arrive. */
  readonly waves: number;
  /** The most entities at one practice. */
  readonly max: number;
  /** For users: their provider numbers were read with them. */
  readonly withProviderNumbers?: boolean;
  /** For users: the appointments with these filters were read with them. */
  readonly withAppointments?: string;
  /** They exist only if the result has this type. */
  readonly type?: string;
}

/** A key of a DataLoader of the practice. */
export interface Load {
  readonly loader: string;
  /** Keys of one group share a call. */
  readonly group: string;
  readonly fields: Selection;
  /** The question for this number of keys. */
  question(keys: number, fields: Selection): PricedQuestion;
}

export interface Pricing {
  /** Each entity sends these steps by itself, one after the other. Returns the entities that the field returns. */
  send(at: Entities, path: string, steps: readonly Step[], max?: number): Entities;
  /** All entities load together through a DataLoader. */
  load(at: Entities, path: string, load: Load): Entities;
}

/** Keys that one loader receives in one moment. */
interface Batch {
  readonly family: string;
  keys: number;
  readonly fields: Selection[];
  readonly kinds: Set<string>;
}

const keysInBatch = 1_000;

/**
 * Walks an operation twice: once to collect the batches, once to count.
 * @param walk reports what each field sends
 */
export function countChargedCalls(
  preference: SourcePreference,
  walk: (pricing: Pricing) => void,
): ReadonlyMap<string, number> {
  const batches = new Map<string, Batch>();
  walk({
    send: (at, path, _steps, max) => below(at, path, max),
    load(at, _path, load) {
      addTo(batches, at, load);
      return { ...at, moment: nameOf(at, load) };
    },
  });
  const charged = new Map<string, number>();
  const counted = new Set<string>();
  const charge = (path: string, calls: number) => charged.set(path, (charged.get(path) ?? 0) + calls);
  const chargeOnce = (at: Entities, path: string, once: readonly ReadOnce[] = []) => {
    for (const what of once) {
      const key = `${at.practice} ${what}`;
      if (!counted.has(key)) charge(path, at.practices);
      counted.add(key);
    }
  };
  walk({
    send(at, path, steps, max) {
      const { calls, once } = boundOfAll(steps, preference);
      charge(path, at.practices * at.waves * calls);
      chargeOnce(at, path, once);
      return below(at, path, max);
    },
    load(at, path, load) {
      const name = nameOf(at, load);
      const batch = batches.get(name);
      if (!batch) return at;
      const keys = Math.min(batch.keys, keysInBatch);
      const sent =
        at.waves === 1
          ? Math.ceil(batch.keys / keysInBatch)
          : Math.min(batch.keys, at.waves + Math.floor(batch.keys / keysInBatch));
      const { calls, once } = boundOf(load.question(keys, mergeSelections(batch.fields)), preference);
      if (!counted.has(name)) charge(path, at.practices * sent * calls);
      counted.add(name);
      chargeOnce(at, path, once);
      // Rows continue when their batch has returned, when another batch returned their key, or at once if it did so before.
      const atOnce = at.waves === 1 ? 0 : at.waves;
      return { ...at, moment: name, waves: atOnce + sent + othersOf(batches, name, batch) };
    },
  });
  return charged;
}

const nameOf = ({ practice, moment }: Entities, { loader, group }: Load): string =>
  `${moment}>${practice} ${loader} ${group}`;

function below(at: Entities, path: string, max = at.max): Entities {
  return { ...at, moment: `${at.moment}>${path}`, max };
}

function addTo(batches: Map<string, Batch>, at: Entities, load: Load): void {
  const name = nameOf(at, load);
  const family = `${at.practice} ${load.loader} ${load.group}`;
  const batch = batches.get(name) ?? { family, keys: 0, fields: [], kinds: new Set() };
  batches.set(name, batch);
  batch.keys += at.max;
  batch.fields.push(load.fields);
  batch.kinds.add(selectionKey(load.fields));
}

/** Other batches that may have returned some of these keys already, so that their rows continue earlier. */
function othersOf(batches: ReadonlyMap<string, Batch>, name: string, { family, kinds }: Batch): number {
  return [...batches].filter(
    ([other, batch]) =>
      other !== name &&
      batch.family === family &&
      !other.startsWith(`${name}>`) &&
      [...batch.kinds].some((kind) => kinds.has(kind)),
  ).length;
}
