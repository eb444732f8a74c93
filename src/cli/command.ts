import type { ParseArgsConfig } from 'node:util';

/** The parsed arguments of a command. */
export interface CommandInput {
  readonly operands: readonly string[];
  /** By option, without the dashes. */
  readonly values: Readonly<Record<string, string | boolean | undefined>>;
}

/** A command of `halo-graph`. Its file is loaded for each command line, so it imports what it runs only in `run`. */
export interface Command {
  /** After the name: `[bpSiteId] [--json]`. */
  readonly synopsis: string;
  /** One line for the list of commands. */
  readonly summary: string;
  /** What `--help` prints below the synopsis and the summary. */
  readonly details: string;
  /** What its exit codes mean, if they are not those of `halo-graph --help`. */
  readonly exitCodes?: string;
  readonly options?: Readonly<NonNullable<ParseArgsConfig['options']>>;
  /** @default 0 */
  readonly maxOperands?: number;
  /** Returns the exit code. Throws a UsageError or a ConfigError. */
  run(input: CommandInput): Promise<number>;
}

/** The command line is not a valid command. The message says why. */
export class UsageError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'UsageError';
  }
}

/** Ignores EPIPE: the reader may close the pipe early, as in `halo-graph schema | head`. */
export function print(text: string): void {
  process.stdout.once('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });
  process.stdout.write(text);
}
