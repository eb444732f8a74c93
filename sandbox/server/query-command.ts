import type { BatchParameter } from '../sql/engine.ts';
import { Refusal } from './answer.ts';

export type ParameterDirection = NonNullable<BatchParameter['direction']>;

/** The command of a query, the same in all three modes. */
export interface QueryCommand {
  readonly text: string;
  readonly type: 'text' | 'storedProcedure';
  readonly executionMode: 'reader' | 'nonQuery' | 'scalar';
  readonly parameters: readonly (BatchParameter & { readonly direction: ParameterDirection })[];
}

/** The body of an immediate or async query, checked. */
export interface QueryRequest {
  readonly command: QueryCommand;
  readonly maxTimeInQueue: number;
  /** One of the site's. */
  readonly catalogue: string;
}

/** The limits of the contract for each query mode. */
export interface QueryLimits {
  /** The default first. */
  readonly catalogues: readonly [string, ...string[]];
  readonly defaultTimeInQueue: number;
  readonly maxTimeInQueueLimit: number;
}

export type Fields = Readonly<Record<string, unknown>>;

export function fieldsOf(value: unknown, name: string): Fields {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Fields;
  throw new Refusal(400, `${name} must be an object.`);
}

/** The object that a request body holds. Throws a Refusal 400. */
export function readBody(body: string): Fields {
  let parsed: unknown;
  try {
    parsed = JSON.parse(body);
  } catch {
    throw new Refusal(400, 'The request body is not valid JSON.');
  }
  return fieldsOf(parsed, 'The request body');
}

/** A whole number of a body. Throws a Refusal 400. */
export function wholeNumber(value: unknown, field: string, least: number, most: number): number {
  if (typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most) return value;
  throw new Refusal(400, `${field} must be between ${least} and ${most}.`);
}

/** One of the allowed names. Default: the first. Throws a Refusal 400. */
function oneOf<T extends string>(value: unknown, names: readonly [T, ...T[]], field: string): T {
  if (value === undefined) return names[0];
  const found = names.find((name) => name === value);
  if (found === undefined) throw new Refusal(400, `${field} must be one of ${names.join(', ')}.`);
  return found;
}

function parameter(value: unknown): QueryCommand['parameters'][number] {
  const { name, type, direction, value: given, size } = fieldsOf(value, 'A parameter');
  if (typeof name !== 'string' || name === '') throw new Refusal(400, 'A parameter must have a name.');
  if (given !== undefined && given !== null && typeof given !== 'string') {
    throw new Refusal(400, `The value of parameter ${name} must be a string or null.`);
  }
  return {
    name,
    type: typeof type === 'string' ? type : 'NVarChar',
    value: given ?? null,
    direction: oneOf(direction, ['input', 'output', 'inputOutput', 'returnValue'], 'direction'),
    ...(size !== undefined && { size: wholeNumber(size, 'size', -1, 0x7fff_ffff) }),
  };
}

/** Reads `command`. Throws a Refusal 400. */
export function readCommand(command: unknown): QueryCommand {
  const { text, type, executionMode, parameters = [] } = fieldsOf(command, 'command');
  if (typeof text !== 'string' || text === '') throw new Refusal(400, 'command.text must be provided.');
  if (!Array.isArray(parameters)) throw new Refusal(400, 'command.parameters must be an array.');
  return {
    text,
    type: oneOf(type, ['text', 'storedProcedure'], 'command.type'),
    executionMode: oneOf(executionMode, ['reader', 'nonQuery', 'scalar'], 'command.executionMode'),
    parameters: parameters.map(parameter),
  };
}

/** Reads `{ command, maxTimeInQueue, catalogue }`. Throws a Refusal 400. */
export function readQuery(body: string, limits: QueryLimits): QueryRequest {
  const { catalogues, defaultTimeInQueue, maxTimeInQueueLimit } = limits;
  const { command, maxTimeInQueue = defaultTimeInQueue, catalogue = catalogues[0] } = readBody(body);
  const known = catalogues.find((name) => name === catalogue);
  const read = {
    command: readCommand(command),
    maxTimeInQueue: wholeNumber(maxTimeInQueue, 'maxTimeInQueue', 0, maxTimeInQueueLimit),
  };
  if (known === undefined) throw new Refusal(400, 'The catalogue is not known at this site.');
  return { ...read, catalogue: known };
}
