/** Titles, sexes and DVA cards: the practice's own lists give the numbers, looked up by text in the text that writes. */
import { type HaloError, type InputIssue, InvalidInput } from '../../../errors.ts';
import type { Sex } from '../../domain/patient.ts';
import type { PatientDetails } from '../../domain/patient-writes.ts';
import { lines, type Parameters } from '../statement.ts';
import { notFound } from './procedure.ts';

// Rests on assumption B30.

/** Why a text called no procedure: it answers the sum of these as `refused`. */
export const refusals = { patient: 1, title: 2, sex: 4, dvaType: 8 } as const;

const unlisted: readonly { readonly refusal: number; readonly issue: InputIssue }[] = [
  { refusal: refusals.title, issue: notListed(['title'], 'titles') },
  { refusal: refusals.sex, issue: notListed(['sex'], 'sexes') },
  { refusal: refusals.dvaType, issue: notListed(['dva', 'type'], 'DVA cards') },
];

function notListed(path: readonly string[], list: string): InputIssue {
  return { path, message: `The practice's list of ${list} does not have it.` };
}

/** Null where nothing was refused. */
export function refusalOf(refused: number): HaloError | null {
  if (refused & refusals.patient) return notFound('patient');
  const issues = unlisted.filter(({ refusal }) => refused & refusal).map(({ issue }) => issue);
  return issues.length > 0 ? new InvalidInput(issues) : null;
}

/** Bp's own texts in `SEX.SEX` (B30). */
const sexTexts: Readonly<Record<Exclude<Sex, 'UNKNOWN'>, string>> = {
  MALE: 'Male',
  FEMALE: 'Female',
  OTHER: 'Other',
};

/** `0` is no title, no sex told and no card. Else a query; where it finds none, the text is refused. */
interface Code {
  readonly variable: string;
  readonly query: string | null;
  readonly refusal: number;
}

/** The numbers of what is told, to be put into variables named like the procedures' parameters. */
export function codesOf(details: Partial<PatientDetails>, parameters: Parameters): readonly Code[] {
  const { title, sex, dva } = details;
  const codes: Code[] = [];
  if (title !== undefined) {
    codes.push({
      variable: 'titlecode',
      query: title === null ? null : titleQuery(title, parameters),
      refusal: refusals.title,
    });
  }
  if (sex !== undefined) {
    codes.push({
      variable: 'sexcode',
      query:
        sex === 'UNKNOWN'
          ? null
          : `SELECT @sexcode = MIN(s.SEXCODE) FROM dbo.SEX s WHERE s.SEX = ${parameters.text('sex', sexTexts[sex])};`,
      refusal: refusals.sex,
    });
  }
  if (dva !== undefined) {
    codes.push({
      variable: 'dvacode',
      query: dva?.type
        ? `SELECT @dvacode = MIN(d.DVACODE) FROM dbo.DVATYPE d WHERE d.DVATYPE = ${parameters.text('dvatype', dva.type)};`
        : null,
      refusal: refusals.dvaType,
    });
  }
  return codes;
}

/** Some titles of the list end with a dot, and people write them with or without. */
function titleQuery(title: string, parameters: Parameters): string {
  const bare = title.trim().replace(/\.$/, '');
  const forms = parameters.texts('title', [bare, `${bare}.`]);
  return `SELECT @titlecode = MIN(t.TITLECODE) FROM dbo.TITLES t WHERE t.TITLECODE <> 0 AND t.TITLE IN (${forms});`;
}

export function declarationOf({ variable, query }: Code): string {
  return `@${variable} INT${query === null ? ' = 0' : ''}`;
}

/** Finds the number and, where the list has none, refuses. */
export function lookUp({ variable, query, refusal }: Code): string | null {
  return query === null
    ? null
    : lines(query, `IF @${variable} IS NULL SET @refused = @refused + ${refusal};`);
}
