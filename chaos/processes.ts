/** The processes under test: the sandbox Halo Cloud, and the facade as production runs it. */
import { type ChildProcess, spawn } from 'node:child_process';
import { createHash, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createWriteStream, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { nodeFlags } from '../src/node-flags.ts';

export const sandboxKey = 'sandbox-key-not-secret';

export interface RunningProcess {
  /** The URL. For the facade, its `/graphql`. */
  readonly url: string;
  readonly pid: number;
  /** Everything on standard error. */
  complaints(): string;
  /** Whether the process ended before `stop` was called. */
  ended(): boolean;
  /** The exit code after SIGTERM; null when it had to be killed. */
  stop(): Promise<number | null>;
  /** Ends it at once, as a crash does. */
  kill(): Promise<void>;
}

export function startSandbox(latencyMs: number): Promise<RunningProcess> {
  const env = { PORT: '0', SANDBOX_LATENCY_MS: String(latencyMs) };
  return start(['dist/sandbox/main.js'], env, /Halo Cloud: (http\S+)/);
}

/** Memory of a process right after a garbage collection, in bytes. */
export interface RetainedMemory {
  /** Objects, and buffers outside the heap. */
  readonly used: number;
  readonly resident: number;
}

export interface RunningFacade extends RunningProcess {
  readonly authorization: string;
  /** Lines of its log, in JSON. */
  readonly logFile: string;
  /** Collects all garbage first. */
  retained(): Promise<RetainedMemory>;
  /** Objects of these classes that are left after a garbage collection. It takes seconds and much memory. */
  instances(names: readonly string[]): Promise<Readonly<Record<string, number>>>;
}

const key = randomUUID();

export interface FacadeStart {
  readonly haloCloud: string;
  /** The folder of its log and of its API keys. */
  readonly place: string;
  readonly deadlineMs: number;
  /** Names the replica. @default 'facade' */
  readonly name?: string;
  /** Further variables. */
  readonly environment?: Readonly<Record<string, string>>;
}

/** The built facade with production flags and an API key. Its limits are too high to be reached. */
export async function startFacade({
  haloCloud,
  place,
  deadlineMs,
  name = 'facade',
  environment = {},
}: FacadeStart): Promise<RunningFacade> {
  const sha256 = createHash('sha256').update(key).digest('hex');
  const scopes = ['sites:read', 'appointments:read', 'appointments:write', 'patients:read', 'users:read'];
  const keys = join(place, 'api-keys.json');
  writeFileSync(
    keys,
    JSON.stringify([{ name: 'chaos', sha256, scopes: [...scopes, 'sql:run'], practices: ['*'] }]),
  );
  const logFile = join(place, `${name}.log`);
  const env = {
    PORT: '0',
    HOST: '127.0.0.1',
    HALO_ENVIRONMENT: 'sandbox',
    HALO_BASE_URL: haloCloud,
    HALO_SUBSCRIPTION_KEY: sandboxKey,
    HALO_DEADLINE_MS: String(deadlineMs),
    API_KEYS_FILE: keys,
    LIMIT_PER_MINUTE: '10000000',
    LIMIT_BURST: '1000000',
    LIMIT_CONCURRENT: '10000',
    LIMIT_SUBSCRIPTIONS: '10000',
    LOG_LEVEL: 'info',
    ...environment,
  };
  const args = [...nodeFlags, '--import', './chaos/collect-garbage.mjs', 'dist/src/main.js'];
  const { child, ...facade } = await start(args, env, /"url":"([^"]+)"/, logFile);
  const answerTo = async <T>(message: string | string[]): Promise<T> => {
    const answer = once(child, 'message');
    child.send(message);
    const [content] = await answer;
    return content;
  };
  return {
    ...facade,
    authorization: `Bearer ${key}`,
    logFile,
    retained: () => answerTo('collect'),
    instances: (names) => answerTo([...names]),
  };
}

async function start(
  args: readonly string[],
  env: Readonly<Record<string, string>>,
  listening: RegExp,
  logFile?: string,
): Promise<RunningProcess & { readonly child: ChildProcess }> {
  const child: ChildProcess = spawn(process.execPath, args, {
    env: { ...process.env, NODE_ENV: 'production', NODE_OPTIONS: '', ...env },
    // With an IPC channel, the sandbox would send its URL there.
    stdio: ['ignore', 'pipe', 'pipe', ...(logFile ? (['ipc'] as const) : [])],
  });
  process.once('exit', () => child.kill('SIGKILL'));
  let complaints = '';
  let stopping = false;
  child.stderr?.on('data', (text: Buffer) => {
    complaints += text;
  });
  const exited = new Promise<number | null>((resolve) => child.once('close', resolve));
  if (logFile) child.stdout?.pipe(createWriteStream(logFile));
  const url = await new Promise<string>((resolve, reject) => {
    let output = '';
    const listen = (text: Buffer) => {
      output += text;
      const [, found] = listening.exec(output) ?? [];
      if (!found) return;
      child.stdout?.off('data', listen);
      // The process would block on a pipe that is not read.
      if (!logFile) child.stdout?.resume();
      resolve(found);
    };
    child.stdout?.on('data', listen);
    exited.then(() => reject(new Error(`${args.at(-1)} did not start: ${complaints}${output}`)));
  });
  return {
    child,
    url,
    pid: child.pid ?? 0,
    complaints: () => complaints,
    ended: () => !stopping && (child.exitCode !== null || child.signalCode !== null),
    async stop() {
      stopping = true;
      child.kill('SIGTERM');
      const late = setTimeout(() => child.kill('SIGKILL'), 20_000);
      const code = await exited;
      clearTimeout(late);
      return code;
    },
    async kill() {
      stopping = true;
      child.kill('SIGKILL');
      await exited;
    },
  };
}

/** Resident memory, in MB. */
export function residentMb(pid: number): number {
  const [, kb] = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  return Number(kb) / 1024;
}

/** Seconds that the main thread of a process has run, and has waited for a core. */
export function cores(pid: number): { readonly had: number; readonly waited: number } {
  const [had, waited] = readFileSync(`/proc/${pid}/schedstat`, 'utf8').split(' ');
  return { had: Number(had) / 1e9, waited: Number(waited) / 1e9 };
}
