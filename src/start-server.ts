import { type ChildProcess, spawn } from 'node:child_process';
import { constants } from 'node:os';
import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { nodeFlags } from './node-flags.ts';

/** Argument of main.ts: the server stops when its parent process ends. */
export const stopsWithParent = '--stops-with-parent';

/**
 * Runs the server in a child process, because Node's flags cannot change in a running process. Forwards signals to the
 * child. The child ends when this process is killed. Resolves with its exit code.
 */
export async function startServer(): Promise<number> {
  const entry = fileURLToPath(new URL(`./main${extname(import.meta.url)}`, import.meta.url));
  const server = spawn(process.execPath, [...nodeFlags, ...process.execArgv, entry, stopsWithParent], {
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      // A terminal sends Ctrl-C to both processes.
      if (signal !== 'SIGINT' || !process.stdin.isTTY) server.kill(signal);
    });
  }
  return exitCodeOf(server);
}

function exitCodeOf(server: ChildProcess): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.once('exit', (code, signal) => resolve(code ?? 128 + (signal ? constants.signals[signal] : 0)));
  });
}
