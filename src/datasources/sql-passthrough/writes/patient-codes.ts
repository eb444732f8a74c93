/** Codes of titles, sexes and DVA cards. The batch that writes looks them up in the practice's own lists. */
import { type HaloError, type InputIssue, InvalidInput } from '../../../errors.ts';
import type { PatientDetails } from '../../domain/patient-writes.ts';
import type { Codes } from '../codes.ts';
import { lines, type Parameters } from '../statement.ts';
import { notFound } from './procedure.ts';

// Rests on assumption B30.

/** Why a batch called no procedure. `refused` is the sum of these. */
export const refusals = { patient: 1, title: 2, sex: 4, dvaType: 8 } as const;

const unlisted: readonly { readonly refusal: number; readonly issue: InputIssue }[] = [
  { refusal: refusals.title, issue: notListed(['title'], 'titles') },
  { refusal: refusals.sex, issue: notListed(['sex'], 'sexes') },
  { refusal: refusals.dvaType, issue: notListed(['dva', 'type'], 'DVA cards') },
];

function notListed(path: readonly string[], list: string): InputIssue {
  return { path, message: `This is not in the practice's list of ${list}.` };
}

/** Null if nothing was refused. */
export function refusalOf(refused: number): HaloError | null {
  if (refused & refusals.patient) return notFound('patient');
  const issues = unlisted.filter(({ refusal }) => refused & refusal).map(({ issue }) => issue);
  return issues.length > 0 ? new InvalidInput(issues) : null;
}

/** A null query means code 0: no title, sex or card. If a query finds no code, the batch calls no procedure. */
interface Code {
  readonly variable: string;
  readonly query: string | null;
  readonly refusal: number;
}

/** Codes of the given details, for variables that are named like the procedures' parameters. */
export function lookUpsOf(
  details: Partial<PatientDetails>,
  parameters: Parameters,
  practiceCodes: Codes,
): readonly Code[] {
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
          : `SELECT @sexcode = MIN(s.SEXCODE) FROM dbo.SEX s WHERE s.SEX = ${parameters.text('sex', practiceCodes.sexText(sex))};`,
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

/** Some titles in the list end with a dot. People write them with or without it. */
function titleQuery(title: string, parameters: Parameters): string {
  const bare = title.trim().replace(/\.$/, '');
  const forms = parameters.texts('title', [bare, `${bare}.`]);
  return `SELECT @titlecode = MIN(t.TITLECODE) FROM dbo.TITLES t WHERE t.TITLECODE <> 0 AND t.TITLE IN (${forms});`;
}

export function declarationOf({ variable, query }: Code): string {
  return `@${variable} INT${query === null ? ' = 0' : ''}`;
}

/** Looks up the code. Refuses if the list has none. */
export function lookUp({ variable, query, refusal }: Code): string | null {
  return query === null
    ? null
    : lines(query, `IF @${variable} IS NULL SET @refused = @refused + ${refusal};`);
}
