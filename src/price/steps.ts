import type { SourcePreference } from '../datasources/domain/pms.ts';
import { maxOf, readBound, sumOf, writeBounds } from '../datasources/practice/routed-bounds.ts';
import type { PricedQuestion, UpperBound } from '../datasources/practice/source-adapter.ts';
import type { PracticeWrites } from '../datasources/practice/write-port.ts';

/** A request of a field to a practice. */
export type Step =
  | PricedQuestion
  /** A question that shares no earlier read of the operation: it follows a change, or another session sends it. */
  | { readonly again: PricedQuestion }
  /** One question if the source supports it, otherwise the steps one after the other. */
  | { readonly atOnce: PricedQuestion; readonly else: readonly Step[] }
  /** A change, and the question that reads the record back if the change itself does not return it. */
  | { readonly write: keyof PracticeWrites; readonly readBack?: PricedQuestion }
  /** SQL of the caller. */
  | { readonly sql: number };

const nothing: UpperBound = { calls: 0 };

/** The most charged calls of a step. A question that no source supports is not sent. */
export function boundOf(step: Step, preference: SourcePreference): UpperBound {
  if ('sql' in step) return { calls: step.sql };
  if ('write' in step) {
    const { write, readBack } = step;
    const after = readBack ? boundOf(readBack, preference) : nothing;
    const bounds = writeBounds(write, preference);
    return maxOf(bounds.map((bound) => (bound.readsBack ? bound : sumOf([bound, after]))));
  }
  if ('atOnce' in step) {
    return readBound(step.atOnce, preference) ?? boundOfAll(step.else, preference);
  }
  if ('again' in step) {
    const { calls, once = [] } = boundOf(step.again, preference);
    return { calls: calls + once.length };
  }
  return readBound(step, preference) ?? nothing;
}

export function boundOfAll(steps: readonly Step[], preference: SourcePreference): UpperBound {
  return sumOf(steps.map((step) => boundOf(step, preference)));
}
