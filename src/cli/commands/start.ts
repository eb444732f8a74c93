import type { Command } from '../command.ts';

export const start: Command = {
  synopsis: '',
  summary: 'starts the server',
  details: `Runs the server as a child process with the Node flags that it needs, forwards signals, and ends with its exit code.
Node options before the command, such as --import, are passed on.`,
  exitCodes: `Exit code: 0 stopped, 1 ended by an error, or operations were cut off, 2 wrong usage or configuration: another start fails
too until it is changed.`,
  async run() {
    const { startServer } = await import('../../start-server.ts');
    return startServer();
  },
};
