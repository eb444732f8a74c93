import { ResultTooLarge } from '../../errors.ts';

/** Limits the pages of one search, or of several searches together. Each page is a charged call. */
export class PageBudget {
  readonly #pages: number;
  readonly #message: string | undefined;
  #left: number;

  constructor(pages: number, message?: string) {
    this.#pages = pages;
    this.#message = message;
    this.#left = pages;
  }

  /** Call it before each page. Throws ResultTooLarge when no page is left. */
  take(): void {
    if (this.#left > 0) {
      this.#left -= 1;
      return;
    }
    throw new ResultTooLarge({
      detail: `more than ${this.#pages} pages`,
      ...(this.#message && { message: this.#message }),
    });
  }
}
