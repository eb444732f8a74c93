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
 * A procedure cuts off without a word what is too long for its parameters, and a date that `datetime` does not know would be
 * stored as another one: so neither is sent. Throws InvalidInput with all that cannot be held.
 */
export function checkFits(texts: readonly HeldText[], dates: readonly HeldDate[] = []): void {
  const issues: InputIssue[] = [
    ...texts
      .filter(({ text, width }) => text !== null && text.length > width)
      .map(({ path, width }) => ({ path, message: `Bp Premier holds at most ${width} characters.` })),
    ...dates
      .filter(({ date }) => date !== null && date < firstDate)
      .map(({ path }) => ({ path, message: `Bp Premier holds no dates before ${firstDate}.` })),
  ];
  if (issues.length > 0) throw new InvalidInput(issues);
}
