/** The compiled facade as a process of its own, as `npm start` runs it. */
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { nodeFlags } from '../../src/node-flags.ts';
import { keepsTheKey } from '../keeps-the-key.ts';

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

/** Where the server is compiled to, once for all workers. The end of the run removes it. */
export const outDir = `dist-e2e-${process.ppid}-build`;
/** Who creates this folder compiles; the other workers wait for its result. */
const claim = `${root}/dist-e2e-${process.ppid}-claim`;
let building: Promise<void> | undefined;
let printed = '';

/** The output of the build. */
export const buildOutput = (): string => printed;

/** Compiles the server like `npm start`, unless another test file has. */
export function build(): Promise<void> {
  building ??= buildOnce();
  return building;
}

async function buildOnce(): Promise<void> {
  const result = `${claim}/result.json`;
  if (isFirst()) {
    const args = ['run', '--silent', 'build', '--', '--dir', outDir];
    // Tools print less where they believe that they are tested.
    const { NODE_ENV: _, VITEST: __, TEST: ___, CI: ____, ...env } = process.env;
    const ended = await new Promise((resolve) => {
      execFile('npm', args, { cwd: root, env, encoding: 'utf8' }, (error, stdout, stderr) =>
        resolve({ failed: error !== null, printed: stdout + stderr }),
      );
    });
    writeFileSync(`${result}.new`, JSON.stringify(ended));
    renameSync(`${result}.new`, result);
  }
  while (!existsSync(result)) await pause(50);
  const ended = JSON.parse(readFileSync(result, 'utf8')) as { failed: boolean; printed: string };
  printed = ended.printed;
  if (ended.failed) throw new Error(`The build failed: ${printed}`);
  if (!existsSync(`${root}/${outDir}/src/main.js`)) throw new Error('Nothing was built.');
}

function isFirst(): boolean {
  try {
    mkdirSync(claim);
    return true;
  } catch {
    return false;
  }
}

/** As `halo-graph start`, with Node options of the operator's own. */
export function startByCommand(
  environment: Readonly<Record<string, string>> = {},
  nodeOptions: readonly string[] = [],
): RunningFacade {
  return run([...nodeOptions, `${outDir}/src/cli/main.js`, 'start'], environment);
}

export function startFacade(environment: Readonly<Record<string, string>> = {}): RunningFacade {
  return run([...nodeFlags, `${outDir}/src/main.js`], environment);
}

function run(args: readonly string[], environment: Readonly<Record<string, string>>): RunningFacade {
  const { HALO_ENVIRONMENT: _, HALO_SUBSCRIPTION_KEY: __, ...inherited } = process.env;
  const child = spawn(process.execPath, args, {
    cwd: root,
    env: { ...inherited, PORT: '0', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  const waiting = new Set<() => void>();
  const received = (text: Buffer) => {
    keepsTheKey(output.slice(-200) + text);
    output += text;
    for (const look of waiting) look();
  };
  child.stdout.on('data', received);
  child.stderr.on('data', received);
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
