import { parseArgs } from 'node:util';
import { type Command, type CommandInput, UsageError } from './command.ts';
import { commands } from './commands.ts';

/** A command with its input, or the help: of one command, or of all. */
export type Invocation =
  | { readonly command: Command; readonly input: CommandInput }
  | { readonly helpOf: string | null };

/** Parses the command-line arguments. Throws a UsageError. */
export function readArguments(args: readonly string[]): Invocation {
  const [name, ...rest] = args;
  if (name === undefined) throw new UsageError('A command is missing.');
  if (name === '--help' || name === '-h') return { helpOf: null };
  if (name === 'help') return helpOf(rest);
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (!command) throw new UsageError(`There is no command '${name}'.`);
  const { values, positionals } = parsed(rest, command);
  if (values.help === true) return { helpOf: name };
  const { maxOperands = 0 } = command;
  if (positionals.length > maxOperands)
    throw new UsageError(`${name} takes ${maxOperands === 0 ? 'no argument' : 'one argument at most'}.`);
  return { command, input: { operands: positionals, values } };
}

function helpOf(operands: readonly string[]): Invocation {
  const [name] = operands;
  if (name === undefined) return { helpOf: null };
  if (!Object.hasOwn(commands, name)) throw new UsageError(`There is no command '${name}'.`);
  return { helpOf: name };
}

function parsed(args: readonly string[], { options }: Command) {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { ...options, help: { type: 'boolean', short: 'h' } },
    });
    return { values: values as CommandInput['values'], positionals };
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}
