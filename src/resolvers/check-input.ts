/**
 * Checks of arguments. All issues are reported together: each check records its issue and continues. `done` throws
 * InvalidInput if there are any. Messages never repeat the value, because it can be a patient's.
 */

import { z } from 'zod';
import { type InputIssue, InvalidInput } from '../errors.ts';
import type { Maybe } from '../lib/maybe.ts';
import { characterCount, storableText } from '../text/storable-text.ts';
import { isCalendarDate } from '../time/calendar-date.ts';
import { daysBetween, epochMs } from '../time/local.ts';
import {
  firstDay,
  lastDay,
  longestKey,
  longestSiteId,
  longestText,
  maxDays,
  maxSlotMinutes,
} from './limits.ts';

const uuid = z.guid();
const email = z.email();
const instant = /^[1-9]\d{3}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2})$/i;

/** The longest emoji have about 20 code units. A longer grapheme is refused: it would be slow to count. */
const maxCodeUnitsPerCharacter = 20;
/** One day inside the ends of the calendar, so that no time zone moves it past them. */
const firstMoment = Date.parse(firstDay) + 86_400_000;
const lastMoment = Date.parse(lastDay);

/** Issues of one field that are reported at most. */
const maxIssues = 50;

type Path = readonly string[];
export class InputCheck {
  #issues: Map<string, InputIssue> | undefined;

  /** Records the first issue of each path, and at most 50 issues. */
  reject(path: Path, message: string): void {
    const key = path.join('\n');
    this.#issues ??= new Map();
    if (this.#issues.size < maxIssues && !this.#issues.has(key)) this.#issues.set(key, { path, message });
  }

  get failed(): boolean {
    return this.#issues !== undefined;
  }

  /** Throws InvalidInput with all issues so far. */
  done(): void {
    if (this.#issues) throw new InvalidInput([...this.#issues.values()]);
  }

  date(path: Path, value: Maybe<string>): string | undefined {
    if (value === null || value === undefined) return undefined;
    if (!isCalendarDate(value)) this.reject(path, 'This is not a date in the form YYYY-MM-DD.');
    else if (value < firstDay || value > lastDay) {
      this.reject(path, `The date must be between ${firstDay} and ${lastDay}.`);
    } else return value;
    return undefined;
  }

  /** `HH:MM`, 24-hour. `24:00` is the end of the day. */
  time(path: Path, value: string): string | undefined {
    if (/^(([01]\d|2[0-3]):[0-5]\d|24:00)$/.test(value)) return value;
    this.reject(path, 'This is not a time in the form HH:MM.');
    return undefined;
  }

  /** Milliseconds since 1970 of an RFC 3339 instant. A time without an offset is an issue. */
  instant(path: Path, value: Maybe<string>): number | undefined {
    if (value === null || value === undefined) return undefined;
    try {
      if (instant.test(value)) {
        const at = epochMs(value);
        if (at >= firstMoment && at < lastMoment) return at;
      }
    } catch {}
    this.reject(path, 'This is not a date and time with a UTC offset, such as 2026-11-23T09:15:00+10:30.');
    return undefined;
  }

  /** A text in the form in which the practice stores it (see `storable-text.ts`). Null if it is empty. */
  text(path: Path, value: Maybe<string>, maxLength: number = longestText): string | null {
    const { text, problem } = storableText(value, maxLength);
    if (problem !== undefined) this.reject(path, problem);
    return text;
  }

  email(path: Path, value: Maybe<string>, maxLength: number): string | null {
    const text = this.text(path, value, maxLength);
    if (text !== null && !email.safeParse(text).success) this.reject(path, 'This is not an email address.');
    return text;
  }

  /** The key unchanged: keys that differ in a blank are different keys. Its length is counted in graphemes. */
  idempotencyKey(path: Path, value: Maybe<string>): string | undefined {
    if (value === null || value === undefined) return undefined;
    const isPossible =
      value !== '' &&
      value.length <= longestKey * maxCodeUnitsPerCharacter &&
      value.isWellFormed() &&
      characterCount(value) <= longestKey;
    if (!isPossible) this.reject(path, `An idempotency key must have 1 to ${longestKey} characters.`);
    return value;
  }

  /** The dates of a range, both inclusive. Either can be absent. */
  range(
    args: { readonly from?: Maybe<string>; readonly to?: Maybe<string> },
    at: Path = [],
  ): {
    readonly from?: string;
    readonly to?: string;
  } {
    const from = this.date([...at, 'from'], args.from);
    const to = this.date([...at, 'to'], args.to);
    if (from !== undefined && to !== undefined) {
      if (to < from) this.reject([...at, 'to'], 'The last date is before the first date.');
      else if (daysBetween(from, to) >= maxDays) {
        this.reject([...at, 'to'], `The range is longer than ${maxDays} days.`);
      }
    }
    return { ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) };
  }

  /** A range with both ends. Without `to`, it is one day. */
  days(
    args: { readonly from: string; readonly to?: Maybe<string> },
    at: Path = [],
  ): { from: string; to: string } {
    const { from = '', to = from } = this.range(args, at);
    return { from, to };
  }

  /** The id of a practice in its PMS, trimmed. */
  siteId(path: Path, value: string): string {
    const id = value.trim();
    if (id === '' || id.length > longestSiteId) {
      this.reject(path, `An id must have 1 to ${longestSiteId} characters.`);
    }
    return id;
  }

  uuid(path: Path, value: string): string {
    if (!uuid.safeParse(value).success) this.reject(path, 'This is not a UUID.');
    return value.toLowerCase();
  }

  /** The page size; `byDefault` without the argument. A value above the limit is an issue. */
  first(value: Maybe<number>, limit: { readonly byDefault: number; readonly max: number }): number {
    if (value === null || value === undefined) return limit.byDefault;
    if (value < 0 || value > limit.max)
      this.reject(['first'], `This must be a number from 0 to ${limit.max}.`);
    return value;
  }

  durationMinutes(
    value: Maybe<number>,
    path: Path = ['durationMinutes'],
  ): { readonly durationMinutes?: number } {
    if (value === null || value === undefined) return {};
    if (value <= 0 || value > maxSlotMinutes) {
      this.reject(path, `The length must be from 1 to ${maxSlotMinutes} minutes.`);
    }
    return { durationMinutes: value };
  }

  /** The decoded cursor. Undefined without the argument. */
  after<T>(value: Maybe<string>, decode: (cursor: string) => T | undefined): T | undefined {
    if (value === null || value === undefined) return undefined;
    const key = decode(value);
    if (key === undefined) this.reject(['after'], 'This cursor does not belong to this list.');
    return key;
  }
}

/** Moves the issues of a write (values that the practice cannot store) below the mutation's `input`. */
export async function asInput<T>(answer: Promise<T>): Promise<T> {
  try {
    return await answer;
  } catch (error) {
    if (!(error instanceof InvalidInput)) throw error;
    throw new InvalidInput(error.issues.map(({ path, message }) => ({ path: ['input', ...path], message })));
  }
}
