/** What compiled and interpreted selections share. */
import { isPromise } from '../../lib/is-promise.ts';
import type { Run } from './run.ts';

export const nothing: object = Object.freeze({});

/** Only objects have properties here: a text's `length` is none. */
export const readable = (source: unknown): unknown =>
  (typeof source === 'object' && source !== null) || typeof source === 'function' ? source : nothing;

/** Waits for the fields that have to, and puts their values in their places. */
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
 * One field answers for the whole object: those that wait are still waited for, so that none fails unheard, and for as many turns
 * as graphql-js waits. Which error comes before the answer is told, and which is not told any more, hangs on those.
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
