/** The maximum cost of a question or a change, for any source that routing may choose. */
import { bpPremierBounds } from '../bp-premier/index.ts';
import type { SourcePreference } from '../domain/pms.ts';
import { sqlPassthroughBounds } from '../sql-passthrough/index.ts';
import type { PricedQuestion, SourceBounds, UpperBound, WriteBound } from './source-adapter.ts';
import { inOrder } from './source-order.ts';
import type { PracticeWrites } from './write-port.ts';

const sources: readonly SourceBounds[] = [bpPremierBounds, sqlPassthroughBounds];
const nothing: UpperBound = { calls: 0 };

/** The method decides which argument its bound takes, which the compiler cannot see. */
export function boundIn({ reads }: SourceBounds, { method, query }: PricedQuestion): UpperBound | null {
  return (reads[method] as (query: unknown) => UpperBound | null)(query);
}

/**
 * Null: no source that may be used ever supports it. Ids that only the Bp Premier API can know are not considered: for these
 * `auto` may use it although SQL Passthrough costs less.
 */
export function readBound(question: PricedQuestion, preference: SourcePreference): UpperBound | null {
  let declined = nothing;
  let most: UpperBound | null = null;
  for (const source of inOrder(sources, preference, (each) => boundIn(each, question))) {
    const bound = boundIn(source, question);
    if (!bound) continue;
    const total = sumOf([declined, bound]);
    most = most ? maxOf([most, total]) : total;
    if (bound.mayDecline) declined = total;
    if (source.supportsAll) break;
  }
  return most;
}

/** The bounds of all sources that may get the change. Only one of them does. */
export function writeBounds(
  method: keyof PracticeWrites,
  preference: SourcePreference,
): readonly WriteBound[] {
  const found: WriteBound[] = [];
  for (const { writes, supportsAll } of inOrder(sources, preference, (each) => each.writes[method])) {
    const bound = writes[method];
    if (bound) found.push(bound);
    if (bound && supportsAll && !bound.assumed) break;
  }
  return found;
}

export function sumOf(bounds: readonly UpperBound[]): UpperBound {
  return {
    calls: bounds.reduce((sum, { calls }) => sum + calls, 0),
    once: [...new Set(bounds.flatMap(({ once = [] }) => once))],
  };
}

export function maxOf(bounds: readonly UpperBound[]): UpperBound {
  return { ...sumOf(bounds), calls: Math.max(0, ...bounds.map(({ calls }) => calls)) };
}
