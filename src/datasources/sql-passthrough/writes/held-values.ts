import { type InputIssue, InvalidInput } from '../../../errors.ts';
import type { LocalDate } from '../../../time/types.ts';
import { firstDate } from '../statement.ts';

/** A text for a column of this width, and its path in the input. */
interface HeldText {
  readonly path: readonly string[];
  readonly text: string | null;
  readonly width: number;
}

interface HeldDate {
  readonly path: readonly string[];
  readonly date: LocalDate | null;
}

/**
 * Rejects values that the database would change. A procedure cuts off texts that are too long for its parameters,
 * without an error. A date that `datetime` does not support would be stored as another one. Throws InvalidInput with
 * all such values.
 */
export function checkFits(texts: readonly HeldText[], dates: readonly HeldDate[] = []): void {
  const issues: InputIssue[] = [
    ...texts
      .filter(({ text, width }) => text !== null && text.length > width)
      .map(({ path, width }) => ({ path, message: `Use at most ${width} characters.` })),
    ...dates
      .filter(({ date }) => date !== null && date < firstDate)
      .map(({ path }) => ({ path, message: `The date must be ${firstDate} or later.` })),
  ];
  if (issues.length > 0) throw new InvalidInput(issues);
}
