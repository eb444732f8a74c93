import type { BatchParameter } from '../sql/engine.ts';
import { Refusal } from './answer.ts';

/** The body of an immediate query, checked. */
export interface QueryCommand {
  readonly text: string;
  readonly type: 'text' | 'storedProcedure';
  readonly executionMode: 'reader' | 'nonQuery' | 'scalar';
  readonly parameters: readonly (BatchParameter & { readonly direction: string })[];
  readonly maxTimeInQueue: number;
}

type Fields = Readonly<Record<string, unknown>>;

function fields(value: unknown, name: string): Fields {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Fields;
  throw new Refusal(400, `${name} must be an object.`);
}

function oneOf<T extends string>(value: unknown, names: readonly [T, ...T[]], field: string): T {
  if (value === undefined) return names[0];
  const found = names.find((name) => name === value);
  if (found === undefined) throw new Refusal(400, `${field} must be one of ${names.join(', ')}.`);
  return found;
}

function parameter(value: unknown): QueryCommand['parameters'][number] {
  const { name, type, direction, value: given } = fields(value, 'A parameter');
  if (typeof name !== 'string' || name === '') throw new Refusal(400, 'A parameter must have a name.');
  if (given !== undefined && given !== null && typeof given !== 'string') {
    throw new Refusal(400, `The value of parameter ${name} must be a string or null.`);
  }
  return {
    name,
    type: typeof type === 'string' ? type : 'NVarChar',
    value: given ?? null,
    direction: oneOf(direction, ['input', 'output', 'inputOutput', 'returnValue'], 'direction'),
  };
}

/** Reads `{ command, maxTimeInQueue, catalogue }`. Throws a Refusal 400. */
export function readCommand(body: string, catalogues: readonly string[]): QueryCommand {
  let parsed: unknown;
  try {
    parsed = JSON.parse(body);
  } catch {
    throw new Refusal(400, 'The request body is not valid JSON.');
  }
  const { command, maxTimeInQueue = 30_000, catalogue } = fields(parsed, 'The request body');
  const { text, type, executionMode, parameters = [] } = fields(command, 'command');
  if (typeof text !== 'string' || text === '') throw new Refusal(400, 'command.text must be provided.');
  if (!Array.isArray(parameters)) throw new Refusal(400, 'command.parameters must be an array.');
  if (
    typeof maxTimeInQueue !== 'number' ||
    !Number.isInteger(maxTimeInQueue) ||
    maxTimeInQueue < 0 ||
    maxTimeInQueue > 60_000
  ) {
    throw new Refusal(400, 'maxTimeInQueue must be between 0 and 60000.');
  }
  if (catalogue !== undefined && !catalogues.some((name) => name === catalogue)) {
    throw new Refusal(400, 'The catalogue is not known at this site.');
  }
  return {
    text,
    type: oneOf(type, ['text', 'storedProcedure'], 'command.type'),
    executionMode: oneOf(executionMode, ['reader', 'nonQuery', 'scalar'], 'command.executionMode'),
    parameters: parameters.map(parameter),
    maxTimeInQueue,
  };
}
