import { Refusal } from '../answer.ts';
import { fieldsOf, type QueryCommand, readBody, readCommand, wholeNumber } from '../query-command.ts';

/** A validated registration. */
export interface Registration {
  readonly name: string;
  /** Seconds from run to run. */
  readonly frequency: number;
  /** Seconds. */
  readonly duration: number;
  readonly command: QueryCommand;
}

/** Reads the body of `POST .../queries/registered`. Throws a Refusal 400. Halo Cloud's minimum interval is 60 seconds. */
export function readRegistration(body: string, minFrequency: number): Registration {
  const { name, registeredQueryType, frequency, duration, registerCommand } = readBody(body);
  if (typeof name !== 'string' || name === '') throw new Refusal(400, 'name must be provided.');
  if (registeredQueryType !== 'query') throw new Refusal(400, "registeredQueryType must be 'query'.");
  return {
    name,
    frequency: wholeNumber(frequency, 'frequency', minFrequency, 86_400),
    duration: wholeNumber(duration, 'duration', 1, 86_400),
    command: readCommand(fieldsOf(registerCommand, 'registerCommand').command),
  };
}
