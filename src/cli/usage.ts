import type { Command } from './command.ts';
import { commands } from './commands.ts';

const usualExitCodes = 'Exit code: 0 all right, 1 a problem to fix, 2 wrong usage or configuration.';

/** What `halo-graph --help` prints. */
export function usage(): string {
  const list = Object.entries(commands).map(([name, { summary }]) => `  ${name.padEnd(9)} ${summary}`);
  return `Usage: halo-graph <command>

${list.join('\n')}

halo-graph <command> --help describes a command.
All commands use the server's configuration: HALO_ENVIRONMENT, HALO_SUBSCRIPTION_KEY, PRACTICES_FILE and the others in README.md.
${usualExitCodes}
`;
}

/** What `halo-graph <command> --help` prints. */
export function usageOf(name: string): string {
  const {
    synopsis = '',
    summary = '',
    details = '',
    exitCodes = usualExitCodes,
  }: Partial<Command> = commands[name] ?? {};
  return `Usage: halo-graph ${`${name} ${synopsis}`.trim()}

${name} ${summary}.
${details}

${exitCodes}
`;
}
