import type { SqlCommand } from '../../datasources/halo-cloud/sql/site-sql.ts';
import { InvalidInput } from '../../errors.ts';
import type { InputCheck } from '../check-input.ts';
import { readParameters, type SqlParameterInput } from './sql-parameters.ts';
import type { SqlTarget } from './sql-place.ts';

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
/** Characters of a database's name: SQL Server's limit. */
const longestCatalogue = 128;

const path = ['input', 'command'];
const cataloguePath = [...path, 'catalogue'];

/** Reads a command from the input. Everything that is wrong with it becomes an issue. */
export function readCommand(check: InputCheck, input: SqlCommandInput): SqlCommand {
  const { text, type, executionMode } = input;
  const catalogue = input.catalogue ?? null;
  if (text.trim() === '') check.reject([...path, 'text'], 'Enter SQL or the name of a stored procedure.');
  if (text.length > longestStatement) {
    check.reject([...path, 'text'], `Use at most ${longestStatement} characters.`);
  }
  if (catalogue !== null && (catalogue.trim() === '' || catalogue.length > longestCatalogue)) {
    check.reject(cataloguePath, `Enter a name of 1 to ${longestCatalogue} characters.`);
  }
  const parameters = readParameters(check, [...path, 'parameters'], input.parameters ?? [], type);
  return { text, type, executionMode, parameters, catalogue };
}

/** Throws InvalidInput if Halo Cloud lists the site's databases and this one is not among them. */
export async function checkCatalogue({ catalogue }: SqlCommand, target: SqlTarget): Promise<void> {
  if (catalogue === null) return;
  const names = await target.catalogues();
  if (names.length === 0 || names.includes(catalogue)) return;
  throw new InvalidInput([
    { path: cataloguePath, message: `The site has no such database. It has: ${names.join(', ')}.` },
  ]);
}

/** Registered queries run on the default database. Halo Cloud takes no catalogue for them. */
export function checkNoCatalogue(check: InputCheck, { catalogue }: SqlCommandInput): void {
  if (catalogue === null || catalogue === undefined) return;
  check.reject(cataloguePath, "A registered query runs on the site's default database. Leave this empty.");
}

/** Checks a whole number of the input. Both ends of the range are included. */
export function checkRange(
  check: InputCheck,
  field: string,
  value: number | null | undefined,
  [min, max]: readonly [number, number],
): void {
  if (value === null || value === undefined || (value >= min && value <= max)) return;
  check.reject(['input', field], `Enter a number from ${min} to ${max}.`);
}
