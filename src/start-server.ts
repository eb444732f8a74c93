import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runNode } from './child-process.ts';
import { nodeFlags } from './node-flags.ts';

/** Argument of main.ts: the server stops when its parent process ends. */
export const stopsWithParent = '--stops-with-parent';

/**
 * Runs the server in a child process, because Node's flags cannot change in a running process. The child ends when this
 * process is killed. Resolves with its exit code.
 */
export function startServer(): Promise<number> {
  const entry = fileURLToPath(new URL(`./main${extname(import.meta.url)}`, import.meta.url));
  return runNode([...nodeFlags, ...process.execArgv, entry, stopsWithParent]);
}
