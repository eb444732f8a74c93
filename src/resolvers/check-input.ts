/**
 * Checks of arguments. All that is wrong is told at once: every check notes its issue and goes on; `done` throws
 * InvalidInput when there is any. Messages never repeat the value, as it may be a patient's.
 */
import { z } from 'zod';
import { type InputIssue, InvalidInput } from '../errors.ts';
import { daysBetween, isLocalDate } from '../time/local.ts';
import { longestSiteId, mostDays, mostSlotMinutes } from './limits.ts';

const uuid = z.guid();

type Path = readonly string[];
type Maybe<T> = T | null | undefined;

export class InputCheck {
  readonly #issues: InputIssue[] = [];

  reject(path: Path, message: string): void {
    this.#issues.push({ path, message });
  }

  get failed(): boolean {
    return this.#issues.length > 0;
  }

  /** Throws InvalidInput with all issues so far. */
  done(): void {
    if (this.failed) throw new InvalidInput(this.#issues);
  }

  date(path: Path, value: Maybe<string>): string | undefined {
    if (value === null || value === undefined) return undefined;
    if (isLocalDate(value)) return value;
    this.reject(path, 'This is not a calendar date written YYYY-MM-DD.');
    return undefined;
  }

  /** Dates of a range, both inclusive; each may be open. */
  range(args: { readonly from?: Maybe<string>; readonly to?: Maybe<string> }): {
    readonly from?: string;
    readonly to?: string;
  } {
    const from = this.date(['from'], args.from);
    const to = this.date(['to'], args.to);
    if (from !== undefined && to !== undefined) {
      if (to < from) this.reject(['to'], '`to` is before `from`.');
      else if (daysBetween(from, to) >= mostDays) {
        this.reject(['to'], `The range is longer than ${mostDays} days.`);
      }
    }
    return { ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) };
  }

  /** A range that has both ends: without `to` it is the one day. */
  days(args: { readonly from: string; readonly to?: Maybe<string> }): { from: string; to: string } {
    const { from = '', to = from } = this.range(args);
    return { from, to };
  }

  /** The id of a practice at its PMS, blanks around it cut off. */
  siteId(path: Path, value: string): string {
    const id = value.trim();
    if (id === '' || id.length > longestSiteId) {
      this.reject(path, `An id of 1 to ${longestSiteId} characters is expected.`);
    }
    return id;
  }

  uuid(path: Path, value: string): string {
    if (!uuid.safeParse(value).success) this.reject(path, 'This is not a UUID.');
    return value.toLowerCase();
  }

  /** How many: `byDefault` without the argument; above the limit is told, never cut. */
  first(value: Maybe<number>, limit: { readonly byDefault: number; readonly most: number }): number {
    if (value === null || value === undefined) return limit.byDefault;
    if (value < 0 || value > limit.most) this.reject(['first'], `\`first\` must be from 0 to ${limit.most}.`);
    return value;
  }

  durationMinutes(value: Maybe<number>): { readonly durationMinutes?: number } {
    if (value === null || value === undefined) return {};
    if (value <= 0 || value > mostSlotMinutes) {
      this.reject(['durationMinutes'], `\`durationMinutes\` must be from 1 to ${mostSlotMinutes}.`);
    }
    return { durationMinutes: value };
  }

  /** The decoded cursor; undefined without one. */
  after<T>(value: Maybe<string>, decode: (cursor: string) => T | undefined): T | undefined {
    if (value === null || value === undefined) return undefined;
    const key = decode(value);
    if (key === undefined) this.reject(['after'], 'This is not a cursor of this list.');
    return key;
  }
}
