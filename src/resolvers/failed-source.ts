import type { HaloError } from '../errors.ts';

/** An event that reports a failure. It is the last one of its subscription. */
export class FailedEvent {
  readonly error: HaloError;

  constructor(error: HaloError) {
    this.error = error;
  }
}

/** The source of a subscription that fails before anything is watched. */
export function failedSource(error: HaloError): AsyncIterableIterator<FailedEvent, undefined> {
  let event: FailedEvent | undefined = new FailedEvent(error);
  return {
    [Symbol.asyncIterator]() {
      return this;
    },
    async next() {
      const value = event;
      event = undefined;
      return value ? { done: false, value } : { done: true, value: undefined };
    },
    async return() {
      event = undefined;
      return { done: true, value: undefined };
    },
  };
}
