import { environmentSchema } from './environment.ts';

/** A variable that is probably a typo. */
export interface UnknownVariable {
  readonly name: string;
  /** The variable that was probably meant; null if none is similar. */
  readonly nearest: string | null;
  /** Names both, and no value. */
  readonly line: string;
}

const declared = [...Object.keys(environmentSchema.shape), 'NODE_EXTRA_CA_CERTS'];
/** Shorter names are one edit away from names of other programs: `PORT` from `SORT`. */
const minLength = 6;

/**
 * Variables that are none of the server's and look like one: `HALO_…`, and names one edit away from another variable.
 * Kubernetes and Docker set `HALO_GRAPH_SERVICE_HOST` and the like for a service of that name. Those are no typos.
 */
export function unknownVariables(
  environment: Readonly<Record<string, string | undefined>>,
): readonly UnknownVariable[] {
  const names = Object.keys(environment).filter((name) => (environment[name] ?? '').trim() !== '');
  const services = names.flatMap((name) => /^(.+)_SERVICE_HOST$/.exec(name)?.[1] ?? []);
  const ofService = (name: string) =>
    services.some((service) => name.startsWith(`${service}_SERVICE_`) || name.startsWith(`${service}_PORT`));
  return names.flatMap((name) => {
    if (declared.includes(name) || ofService(name)) return [];
    const upper = name.toUpperCase();
    const near = declared.find((each) => each.length >= minLength && isOneEdit(each, upper));
    if (near === undefined && !upper.startsWith('HALO_')) return [];
    const nearest = near ?? nearestOf(upper);
    const hint = nearest === null ? '' : ` Did you mean ${nearest}?`;
    return { name, nearest, line: `${name}: there is no such variable.${hint}` };
  });
}

/**
 * Whether `editsBetween` is at most 1. It is called only for what is left without the common beginning and end: with thirty
 * variables in the environment, `editsBetween` of the whole names would take 2 % of the start.
 */
function isOneEdit(a: string, b: string): boolean {
  if (Math.abs(a.length - b.length) > 1) return false;
  let start = 0;
  while (start < a.length && a[start] === b[start]) start += 1;
  let [endOfA, endOfB] = [a.length, b.length];
  while (endOfA > start && endOfB > start && a[endOfA - 1] === b[endOfB - 1]) {
    endOfA -= 1;
    endOfB -= 1;
  }
  const [inA, inB] = [a.slice(start, endOfA), b.slice(start, endOfB)];
  // More is left of two names only if they differ in more than one place.
  return inA.length <= 2 && inB.length <= 2 && editsBetween(inA, inB) <= 1;
}

/** Null when more than a third of the name differs. */
function nearestOf(name: string): string | null {
  const ofHalo = declared.filter((each) => each.startsWith('HALO_'));
  const ranked = ofHalo
    .map((each) => ({ each, edits: editsBetween(each, name) }))
    .sort((a, b) => a.edits - b.edits);
  const [best] = ranked;
  return best && best.edits <= name.length / 3 ? best.each : null;
}

/** The number of inserted, deleted, replaced and exchanged characters (optimal string alignment). */
function editsBetween(a: string, b: string): number {
  let before: number[] = [];
  let above = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const isSame = a[i - 1] === b[j - 1];
      const isExchanged = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      row[j] = Math.min(
        (above[j] ?? 0) + 1,
        (row[j - 1] ?? 0) + 1,
        (above[j - 1] ?? 0) + (isSame ? 0 : 1),
        isExchanged ? (before[j - 2] ?? 0) + 1 : Number.POSITIVE_INFINITY,
      );
    }
    before = above;
    above = row;
  }
  return above[b.length] ?? 0;
}
