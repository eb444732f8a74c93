/** A sandbox in a separate process, so that its memory does not count as the facade's. */
import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { sandboxToday } from '../sandbox-today.ts';

const entry = fileURLToPath(new URL('../../sandbox/main.ts', import.meta.url));

export interface SandboxApart {
  readonly url: string;
  close(): void;
}

export function sandboxApart(key: string): Promise<SandboxApart> {
  const child = fork(entry, [], {
    execArgv: ['--import', 'tsx'],
    env: { ...process.env, SANDBOX_KEY: key, SANDBOX_TODAY: sandboxToday, PORT: '0' },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  return new Promise((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`The sandbox ended before it listened: ${code}.`)));
    child.once('message', ({ url }: { readonly url: string }) => resolve({ url, close: () => child.kill() }));
  });
}
