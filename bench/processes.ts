/** Processes of the benchmark: each runs on its own core, receives messages over IPC and reports its CPU time. */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';

/** The core of the server under test, and that of the upstream and the load. */
export type Core = 'server' | 'around';

const pinner = 'taskset';
const pinned = canPin();

/** Ends all child processes when the benchmark is interrupted. */
const running = new Set<ChildProcess>();
process.once('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));

/** Whether this machine can pin processes to cores. */
export const pinning = pinned ? pinner : 'none';

function canPin(): boolean {
  if (availableParallelism() < 2) return false;
  try {
    execFileSync(pinner, ['-c', '0', 'true'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

export interface StartOptions {
  readonly env?: Readonly<Record<string, string>>;
  readonly stdout?: 'pipe' | number;
  readonly ipc?: boolean;
}

/** Starts `node` with these arguments. */
export function startNode(core: Core, args: readonly string[], options: StartOptions = {}): ChildProcess {
  return startCommand(core, [process.execPath, ...args], options);
}

/** Starts a program. Standard error is shown, standard output goes where `stdout` says. */
export function startCommand(
  core: Core,
  command: readonly string[],
  options: StartOptions = {},
): ChildProcess {
  const [file = '', ...rest] = pinned ? [pinner, '-c', core === 'server' ? '1' : '0', ...command] : command;
  // taskset replaces itself by the command: the pid is the program's.
  const child = spawn(file, rest, {
    env: { ...process.env, NODE_ENV: 'production', NODE_OPTIONS: '', ...options.env },
    stdio: ['ignore', options.stdout ?? 'ignore', 'inherit', ...(options.ipc ? (['ipc'] as const) : [])],
  });
  running.add(child);
  child.once('exit', () => running.delete(child));
  return child;
}

/** Sends one message and waits for the next answer. */
export function sendMessage<Answer>(child: ChildProcess, message: object | null): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const ended = () => reject(new Error('A process of the benchmark ended before it answered.'));
    child.once('exit', ended);
    child.once('message', (answer) => {
      child.off('exit', ended);
      resolve(answer as Answer);
    });
    if (message !== null) child.send(message);
  });
}

export async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  const late = setTimeout(() => child.kill('SIGKILL'), 3_000);
  await gone;
  clearTimeout(late);
}

/** CPU time of all threads of a process, in milliseconds. */
export function cpuMs(pid: number): number {
  let nanoseconds = 0;
  for (const thread of readdirSync(`/proc/${pid}/task`)) {
    try {
      nanoseconds += Number(readFileSync(`/proc/${pid}/task/${thread}/schedstat`, 'utf8').split(' ')[0]);
    } catch {
      // The thread ended meanwhile.
    }
  }
  return nanoseconds / 1e6;
}

/** Maximum resident memory of a process since its start, in MB. */
export const peakMb = (pid: number): number => memoryMb(pid, 'VmHWM');

/** Resident memory of a process now, in MB. */
export const residentMb = (pid: number): number => memoryMb(pid, 'VmRSS');

function memoryMb(pid: number, name: 'VmHWM' | 'VmRSS'): number {
  const [, kb] = new RegExp(`${name}:\\s+(\\d+) kB`).exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  return Number(kb) / 1024;
}
