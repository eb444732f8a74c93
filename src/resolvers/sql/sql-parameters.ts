import type {
  SqlCommandParameter,
  SqlParameterDirection,
} from '../../datasources/halo-cloud/sql/site-sql.ts';
import type { InputCheck } from '../check-input.ts';
import { needsSize, sqlTypes, valueFault } from './sql-values.ts';

// Rests on assumption H14.

export interface SqlParameterInput {
  readonly name: string;
  readonly value?: string | null | undefined;
  readonly type?: string | null | undefined;
  readonly direction: SqlParameterDirection;
  readonly size?: number | null | undefined;
}

const nameOfParameter = /^@[\p{L}\p{N}_#$][\p{L}\p{N}_@#$]{0,126}$/u;

export const isParameterName = (name: string): boolean => nameOfParameter.test(name);

/** The parameters of a command as they are sent; all that is wrong with them is noted. */
export function parametersAsked(
  check: InputCheck,
  path: readonly string[],
  inputs: readonly SqlParameterInput[],
  commandType: 'text' | 'storedProcedure',
): readonly SqlCommandParameter[] {
  const names = new Set<string>();
  let returned = false;
  return inputs.map((input, index) => {
    const at = [...path, String(index)];
    const type = input.type ?? null;
    checkName(check, [...at, 'name'], input.name, names);
    if (type !== null && !sqlTypes.includes(type)) {
      check.reject(
        [...at, 'type'],
        'A SQL Server type in the spelling of its list is expected, such as NVarChar.',
      );
    }
    checkSize(check, [...at, 'size'], input, type);
    if (input.direction === 'returnValue') {
      checkReturnValue(check, at, type, commandType, returned);
      returned = true;
    }
    const value = input.value ?? null;
    if (value !== null) checkValue(check, [...at, 'value'], input.direction, type, value);
    return {
      name: input.name,
      // SQL Server's procedures return nothing else.
      type: input.direction === 'returnValue' ? 'Int' : type,
      direction: input.direction,
      value,
      size: input.size ?? null,
    };
  });
}

function checkName(check: InputCheck, path: readonly string[], name: string, names: Set<string>): void {
  if (!isParameterName(name)) {
    check.reject(path, 'A name such as @patientId is expected: an at sign, then letters, digits or _.');
  } else if (names.has(name.toLowerCase())) {
    check.reject(path, 'Another parameter has this name; upper and lower case are the same.');
  }
  names.add(name.toLowerCase());
}

function checkSize(
  check: InputCheck,
  path: readonly string[],
  { direction, size }: SqlParameterInput,
  type: string | null,
): void {
  const comesOut = direction === 'output' || direction === 'inputOutput';
  if (size !== null && size !== undefined) {
    if (size < 1) check.reject(path, 'At least 1 byte.');
  } else if (comesOut && needsSize(type)) {
    check.reject(path, 'What comes out needs a size in bytes, unless its type has a fixed one.');
  }
}

function checkReturnValue(
  check: InputCheck,
  at: readonly string[],
  type: string | null,
  commandType: 'text' | 'storedProcedure',
  another: boolean,
): void {
  const path = [...at, 'direction'];
  if (commandType === 'text') {
    check.reject(
      path,
      'Only a STORED_PROCEDURE has a return value; a TEXT can select it: EXEC @result = … SELECT @result.',
    );
  } else if (another) check.reject(path, 'A procedure has one return value.');
  if (type !== null && type !== 'Int') check.reject([...at, 'type'], 'A return value is an Int.');
}

function checkValue(
  check: InputCheck,
  path: readonly string[],
  direction: SqlParameterDirection,
  type: string | null,
  value: string,
): void {
  if (direction === 'output' || direction === 'returnValue') {
    check.reject(path, 'What only comes out takes no value; INPUT_OUTPUT goes both ways.');
    return;
  }
  const fault = type === null ? undefined : valueFault(type, value);
  if (fault) check.reject(path, fault);
}
