import type { SqlCommand } from '../../datasources/halo-cloud/sql/site-sql.ts';
import { InvalidInput } from '../../errors.ts';
import type { InputCheck } from '../check-input.ts';
import { parametersAsked, type SqlParameterInput } from './sql-parameters.ts';
import type { SqlDoor } from './sql-place.ts';

// Rests on assumption H15.

export interface SqlCommandInput {
  readonly text: string;
  readonly type: SqlCommand['type'];
  readonly executionMode: SqlCommand['executionMode'];
  readonly parameters?: readonly SqlParameterInput[] | null | undefined;
  readonly catalogue?: string | null | undefined;
}

/** Characters of a statement. */
const longestStatement = 500_000;
/** Of a database's name, at SQL Server. */
const longestCatalogue = 128;

const path = ['input', 'command'];
const cataloguePath = [...path, 'catalogue'];

/** The command that an input describes, ready to be sent; all that is wrong with it is noted. */
export function commandAsked(check: InputCheck, input: SqlCommandInput): SqlCommand {
  const { text, type, executionMode } = input;
  const catalogue = input.catalogue ?? null;
  if (text.trim() === '') check.reject([...path, 'text'], 'Enter SQL or the name of a stored procedure.');
  if (text.length > longestStatement) {
    check.reject([...path, 'text'], `Use at most ${longestStatement} characters.`);
  }
  if (catalogue !== null && (catalogue.trim() === '' || catalogue.length > longestCatalogue)) {
    check.reject(cataloguePath, `Enter a name of 1 to ${longestCatalogue} characters.`);
  }
  const parameters = parametersAsked(check, [...path, 'parameters'], input.parameters ?? [], type);
  return { text, type, executionMode, parameters, catalogue };
}

/** Throws InvalidInput for a database that the site does not have, as far as Halo Cloud says which it has. */
export async function checkCatalogue({ catalogue }: SqlCommand, door: SqlDoor): Promise<void> {
  if (catalogue === null) return;
  const names = await door.catalogues();
  if (names.length === 0 || names.includes(catalogue)) return;
  throw new InvalidInput([
    { path: cataloguePath, message: `The site has no such database. It has: ${names.join(', ')}.` },
  ]);
}

/** Registered queries run on the default database: Halo Cloud has no catalogue for them. */
export function checkNoCatalogue(check: InputCheck, { catalogue }: SqlCommandInput): void {
  if (catalogue === null || catalogue === undefined) return;
  check.reject(cataloguePath, "A registered query runs on the site's default database. Leave this empty.");
}

/** A whole number of an input, both ends of its range included. */
export function checkRange(
  check: InputCheck,
  field: string,
  value: number | null | undefined,
  [least, most]: readonly [number, number],
): void {
  if (value === null || value === undefined || (value >= least && value <= most)) return;
  check.reject(['input', field], `Enter a number from ${least} to ${most}.`);
}
