import type { Command } from './command.ts';
import { check } from './commands/check.ts';
import { confirm } from './commands/confirm.ts';
import { keys } from './commands/keys.ts';
import { sandbox } from './commands/sandbox.ts';
import { schema } from './commands/schema.ts';
import { start } from './commands/start.ts';

/** Every command, in the order of the help. */
export const commands: Readonly<Record<string, Command>> = {
  start,
  check,
  confirm,
  schema,
  sandbox,
  keys,
};
