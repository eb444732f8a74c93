/** Functions for compiled and interpreted selections. */
import { isPromise } from '../../lib/is-promise.ts';
import type { Run } from './run.ts';

export const nothing: object = Object.freeze({});

/** Only objects have properties here: the `length` of a string is not a property. */
export const readable = (source: unknown): unknown =>
  (typeof source === 'object' && source !== null) || typeof source === 'function' ? source : nothing;

/** Waits for the promises in a result and replaces them with their values. */
export function settle(
  run: Run,
  mark: number,
  result: Record<string, unknown>,
): Promise<Record<string, unknown>> {
  run.waiting.length = mark;
  const names = Object.keys(result).filter((name) => isPromise(result[name]));
  return Promise.all(names.map((name) => result[name])).then((values) => {
    for (const [index, name] of names.entries()) result[name] = values[index];
    return result;
  });
}

/**
 * Ends an object after an error of one field that is not nullable. It still waits for the other fields, so that no rejection is
 * unhandled. It waits for as many microtasks as graphql-js, because that decides which errors are reported.
 */
export function abandon(run: Run, mark: number, error: unknown): Promise<never> {
  const waiting = run.waiting.splice(mark);
  if (waiting.length === 0) throw error;
  return Promise.all(waiting)
    .then((values) => values)
    .finally(() => {
      throw error;
    }) as Promise<never>;
}
