/** The compiled facade as a process of its own, as `npm start` runs it. */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

export interface RunningFacade {
  readonly process: ChildProcess;
  /** Everything on standard output and standard error so far. */
  output(): string;
  /** The first match in the output; rejects when the process ends without it. */
  said(pattern: RegExp): Promise<RegExpExecArray>;
  /** The exit code, once it has ended. */
  ended(): Promise<number | null>;
}

/** Compiles what `npm start` would. */
export function build(): void {
  execFileSync('npm', ['run', '--silent', 'build'], { cwd: root, stdio: 'pipe' });
  if (!existsSync(`${root}/dist/src/main.js`)) throw new Error('Nothing was built.');
}

export function startFacade(environment: Readonly<Record<string, string>> = {}): RunningFacade {
  const { HALO_ENVIRONMENT: _, HALO_SUBSCRIPTION_KEY: __, ...inherited } = process.env;
  const child = spawn(process.execPath, ['--enable-source-maps', 'dist/src/main.js'], {
    cwd: root,
    env: { ...inherited, PORT: '0', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  const waiting = new Set<() => void>();
  const heard = (text: Buffer) => {
    output += text;
    for (const look of waiting) look();
  };
  child.stdout.on('data', heard);
  child.stderr.on('data', heard);
  const exited = new Promise<number | null>((resolve) => {
    child.once('close', (code) => resolve(code));
  });
  return {
    process: child,
    output: () => output,
    ended: () => exited,
    said: (pattern) =>
      new Promise((resolve, reject) => {
        const look = () => {
          const match = pattern.exec(output);
          if (!match) return;
          waiting.delete(look);
          resolve(match);
        };
        waiting.add(look);
        look();
        exited.then(() => reject(new Error(`It ended without saying ${pattern}: ${output}`)));
      }),
  };
}
