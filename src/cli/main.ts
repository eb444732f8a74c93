#!/usr/bin/env node
/** Entry point of the command line. Exit code 0: all right, 1: a problem to fix, 2: wrong usage or configuration. */
import { ConfigError } from '../config.ts';
import { readArguments } from './arguments.ts';
import { print, UsageError } from './command.ts';
import { usage, usageOf } from './usage.ts';

try {
  process.exitCode = await run(process.argv.slice(2));
} catch (error) {
  if (error instanceof UsageError) process.stderr.write(`${error.message}\n\n${usage()}`);
  else if (error instanceof ConfigError)
    process.stderr.write(`The configuration is wrong:\n${error.message}\n`);
  else throw error;
  process.exitCode = 2;
}

async function run(args: readonly string[]): Promise<number> {
  const invocation = readArguments(args);
  if ('command' in invocation) return invocation.command.run(invocation.input);
  print(invocation.helpOf === null ? usage() : usageOf(invocation.helpOf));
  return 0;
}
