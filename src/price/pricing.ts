/**
 * Counts charged calls of an operation that is not run.
 *
 * What a DataLoader is asked for in one moment is one call for up to 1,000 keys. A moment is what follows one answer from
 * upstream: fields that wait for the same answer go on together, fields that wait for different ones do not. The same
 * question asked by many rows in one moment is one call too: identical reads in flight are shared.
 */

import { mergeSelections, selectionKey } from '../datasources/domain/merge-selections.ts';
import type { SourcePreference } from '../datasources/domain/pms.ts';
import type { Selection } from '../datasources/domain/selection.ts';
import { chargesOf, type Shared, type Step, sumOf } from './steps.ts';

/** The entities that one field of the operation answers, all of one practice. */
export interface Place {
  /** Which practice, or a name for several of which each costs the same. */
  readonly practice: string;
  /** How many practices. */
  readonly times: number;
  readonly moment: string;
  /** Over how many moments they come. */
  readonly waves: number;
  /** How many of them there can be at one practice. */
  readonly most: number;
  /** Users whose provider numbers came along. */
  readonly numbers?: boolean;
  /** Users whose appointments by these filters came along. */
  readonly book?: string;
  /** Only where the answer is of this type. */
  readonly type?: string;
}

export interface Load {
  readonly loader: string;
  /** Keys of one group share a call. */
  readonly group: string;
  readonly fields: Selection;
  /** The call for so many keys. */
  step(keys: number, fields: Selection): Step;
}

export interface Pricing {
  /** What each entity asks by itself, one step after the other. Gives where the answers are. */
  ask(at: Place, path: string, steps: readonly Step[], most?: number): Place;
  /** What all entities ask together, through a loader of the practice. */
  load(at: Place, path: string, load: Load): Place;
}

/** Keys that meet in one loader at one moment. */
interface Meeting {
  readonly family: string;
  keys: number;
  readonly fields: Selection[];
  readonly kinds: Set<string>;
}

const keysInBatch = 1_000;

/**
 * Walks an operation twice: once to see who meets whom, once to count.
 * @param walk tells what each field asks
 */
export function countChargedCalls(
  source: SourcePreference,
  walk: (pricing: Pricing) => void,
): ReadonlyMap<string, number> {
  const meetings = new Map<string, Meeting>();
  walk({
    ask: (at, path, _steps, most) => below(at, path, most),
    load(at, _path, load) {
      meet(meetings, at, load);
      return { ...at, moment: nameOf(at, load) };
    },
  });
  const charged = new Map<string, number>();
  const known = new Set<string>();
  const charge = (path: string, calls: number) => charged.set(path, (charged.get(path) ?? 0) + calls);
  const share = (at: Place, path: string, shared: readonly Shared[]) => {
    for (const what of shared) {
      const key = `${at.practice} ${what}`;
      if (!known.has(key)) charge(path, at.times);
      known.add(key);
    }
  };
  walk({
    ask(at, path, steps, most) {
      const { calls, shared } = sumOf(steps, source);
      charge(path, at.times * at.waves * calls);
      share(at, path, shared);
      return below(at, path, most);
    },
    load(at, path, load) {
      const name = nameOf(at, load);
      const meeting = meetings.get(name);
      if (!meeting) return at;
      const keys = Math.min(meeting.keys, keysInBatch);
      const batches =
        at.waves === 1
          ? Math.ceil(meeting.keys / keysInBatch)
          : Math.min(meeting.keys, at.waves + Math.floor(meeting.keys / keysInBatch));
      const { calls, shared } = chargesOf(load.step(keys, mergeSelections(meeting.fields)), source);
      if (!known.has(name)) charge(path, at.times * batches * calls);
      known.add(name);
      share(at, path, shared);
      // Rows go on when their batch is answered, when another meeting has answered their key, or at once when it had before.
      const atOnce = at.waves === 1 ? 0 : at.waves;
      return { ...at, moment: name, waves: atOnce + batches + othersOf(meetings, name, meeting) };
    },
  });
  return charged;
}

const nameOf = ({ practice, moment }: Place, { loader, group }: Load): string =>
  `${moment}>${practice} ${loader} ${group}`;

function below(at: Place, path: string, most = at.most): Place {
  return { ...at, moment: `${at.moment}>${path}`, most };
}

function meet(meetings: Map<string, Meeting>, at: Place, load: Load): void {
  const name = nameOf(at, load);
  const family = `${at.practice} ${load.loader} ${load.group}`;
  const meeting = meetings.get(name) ?? { family, keys: 0, fields: [], kinds: new Set() };
  meetings.set(name, meeting);
  meeting.keys += at.most;
  meeting.fields.push(load.fields);
  meeting.kinds.add(selectionKey(load.fields));
}

/** Other meetings that can have answered some of these keys already, so that their rows go on earlier. */
function othersOf(meetings: ReadonlyMap<string, Meeting>, name: string, { family, kinds }: Meeting): number {
  return [...meetings].filter(
    ([other, meeting]) =>
      other !== name &&
      meeting.family === family &&
      !other.startsWith(`${name}>`) &&
      [...meeting.kinds].some((kind) => kinds.has(kind)),
  ).length;
}
