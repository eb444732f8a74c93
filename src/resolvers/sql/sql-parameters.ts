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

/** The parameters as they are sent. Everything that is wrong with them becomes an issue. */
export function readParameters(
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
        'This is not a supported SQL Server type. Write it exactly as listed, such as NVarChar.',
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
      // SQL Server's procedures return only integers.
      type: input.direction === 'returnValue' ? 'Int' : type,
      direction: input.direction,
      value,
      size: input.size ?? null,
    };
  });
}

function checkName(check: InputCheck, path: readonly string[], name: string, names: Set<string>): void {
  if (!isParameterName(name)) {
    check.reject(path, 'Enter a name such as @patientId: @, then letters, digits or _.');
  } else if (names.has(name.toLowerCase())) {
    check.reject(path, 'Another parameter has this name. Upper and lower case are the same.');
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
    if (size < 1) check.reject(path, 'The size must be at least 1 byte.');
  } else if (comesOut && needsSize(type)) {
    check.reject(path, 'An output parameter of a type without a fixed length needs a size in bytes.');
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
      'Only a STORED_PROCEDURE command has a return value. In a TEXT command, select it: EXEC @result = … SELECT @result.',
    );
  } else if (another) check.reject(path, 'A stored procedure has only one return value.');
  if (type !== null && type !== 'Int')
    check.reject([...at, 'type'], 'The type of a return value must be Int.');
}

function checkValue(
  check: InputCheck,
  path: readonly string[],
  direction: SqlParameterDirection,
  type: string | null,
  value: string,
): void {
  if (direction === 'output' || direction === 'returnValue') {
    check.reject(path, 'An output parameter takes no value. Use INPUT_OUTPUT to send and receive one.');
    return;
  }
  const fault = type === null ? undefined : valueFault(type, value);
  if (fault) check.reject(path, fault);
}
