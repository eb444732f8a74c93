import { type ChildProcess, spawn } from 'node:child_process';
import { constants } from 'node:os';
import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { nodeFlags } from './node-flags.ts';

/** What main.ts is told when it is to stop as soon as the process that started it is gone. */
export const stopsWithParent = '--stops-with-parent';

/**
 * Runs the server with the flags that it is meant to have, and gives its exit code. It is a process of its own, because
 * those of this one can no longer be set; it gets the signals that this one gets, and ends when this one is killed.
 */
export async function startServer(): Promise<number> {
  const entry = fileURLToPath(new URL(`./main${extname(import.meta.url)}`, import.meta.url));
  const server = spawn(process.execPath, [...nodeFlags, ...process.execArgv, entry, stopsWithParent], {
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      // A terminal sends Ctrl-C to both.
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
