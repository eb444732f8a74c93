#!/usr/bin/env node
/** Entry point of the command line. Exit code 0: all right, 1: something to fix, 2: wrong usage or configuration. */
import { ConfigError } from '../config.ts';
import { type Command, readCommand, UsageError } from './arguments.ts';
import { usage } from './usage.ts';

try {
  process.exitCode = await run(readCommand(process.argv.slice(2)));
} catch (error) {
  if (error instanceof UsageError) process.stderr.write(`${error.message}\n\n${usage}`);
  else if (error instanceof ConfigError)
    process.stderr.write(`The configuration is wrong:\n${error.message}\n`);
  else throw error;
  process.exitCode = 2;
}

async function run(command: Command): Promise<number> {
  switch (command.name) {
    case 'check': {
      const { checkFromEnvironment } = await import('./check-from-environment.ts');
      const { text, allRight } = await checkFromEnvironment(process.env, command);
      print(text);
      return allRight ? 0 : 1;
    }
    case 'schema': {
      const { schemaText } = await import('./schema-text.ts');
      print(schemaText());
      return 0;
    }
    case 'start': {
      const { startServer } = await import('../start-server.ts');
      return startServer();
    }
    case 'help':
      print(usage);
      return 0;
  }
}

/** Ignores EPIPE: the reader may close the pipe early, as in `halo-graph schema | head`. */
function print(text: string): void {
  process.stdout.once('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });
  process.stdout.write(text);
}
