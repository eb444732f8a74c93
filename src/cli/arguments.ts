import { parseArgs } from 'node:util';

export type Command =
  | { readonly name: 'check'; readonly bpSiteId: string | undefined; readonly json: boolean }
  | { readonly name: 'schema' | 'start' | 'help' };

/** The command line is not a valid command. The message says why. */
export class UsageError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'UsageError';
  }
}

/** Parses the command-line arguments. Throws a UsageError. */
export function readCommand(args: readonly string[]): Command {
  const { values, positionals } = parsed(args);
  const [name, ...operands] = positionals;
  if (values.help) return { name: 'help' };
  if (name === undefined) throw new UsageError('A command is missing.');
  if (name === 'check') {
    if (operands.length > 1) throw new UsageError('check takes one Bp Site ID at most.');
    const bpSiteId = operands[0]?.trim();
    if (bpSiteId === '') throw new UsageError('The Bp Site ID is empty.');
    return { name, bpSiteId, json: values.json ?? false };
  }
  if (name !== 'schema' && name !== 'start' && name !== 'help') {
    throw new UsageError(`There is no command '${name}'.`);
  }
  if (operands.length > 0) throw new UsageError(`${name} takes no argument.`);
  if (values.json) throw new UsageError(`${name} has no --json.`);
  return { name };
}

function parsed(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { help: { type: 'boolean', short: 'h' }, json: { type: 'boolean' } },
    });
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}
