import type { ExecutionResult } from 'graphql';

/** A result for many subscribers. It is serialised once, when the first of them needs it. */
export class SharedResult {
  readonly result: Pick<ExecutionResult, 'data' | 'errors'>;
  #text: string | undefined;

  constructor(result: Pick<ExecutionResult, 'data' | 'errors'>) {
    this.result = result;
  }

  /** JSON without its last brace. */
  get openText(): string {
    this.#text ??= JSON.stringify(this.result).slice(0, -1);
    return this.#text;
  }
}

/** A shared result with the extensions of one subscriber. */
export class DeliveredResult implements ExecutionResult {
  declare readonly errors?: NonNullable<ExecutionResult['errors']>;
  declare readonly data?: ExecutionResult['data'];
  declare readonly extensions: Record<string, unknown>;
  readonly #shared: SharedResult;

  constructor(shared: SharedResult, extensions: Record<string, unknown>) {
    Object.assign(this, shared.result);
    this.extensions = extensions;
    this.#shared = shared;
  }

  get text(): string {
    return `${this.#shared.openText},"extensions":${JSON.stringify(this.extensions)}}`;
  }
}

/** The result as JSON for stream transports. Equal data is serialised once for all subscribers. */
export function resultText(result: ExecutionResult): string {
  return result instanceof DeliveredResult ? result.text : JSON.stringify(result);
}
