/** The local Halo Cloud of the sandbox environment: a process of its own, started and stopped with this one. */
import { fork } from 'node:child_process';
import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { RegisteredPractice } from './config.ts';

/** Not a secret: the key that the local sandbox is told to expect. */
export const sandboxKey = 'sandbox-key-not-secret';

export interface SandboxProcess {
  readonly baseUrl: string;
  /** What an integrator would have noted at onboarding. */
  readonly practices: readonly RegisteredPractice[];
  /** Called when it ends by itself. */
  onExit(listener: (code: number | null) => void): void;
  stop(): void;
}

interface Listening {
  readonly type: 'listening';
  readonly url: string;
  readonly practices: readonly RegisteredPractice[];
}

/** Starts it on a free port of the loopback; the promise holds once it listens. */
export function startSandboxProcess(subscriptionKey: string): Promise<SandboxProcess> {
  // The same extension as this file: compiled beside compiled, source beside source.
  const entry = fileURLToPath(new URL(`../sandbox/main${extname(import.meta.url)}`, import.meta.url));
  const child = fork(entry, [], {
    env: { ...process.env, SANDBOX_KEY: subscriptionKey, PORT: '0', HOST: '127.0.0.1' },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) =>
      reject(new Error(`The sandbox ended before it listened (exit code ${code}).`)),
    );
    child.on('message', (message: Listening) => {
      if (message.type !== 'listening') return;
      child.removeAllListeners('exit');
      resolve({
        baseUrl: message.url,
        practices: message.practices,
        onExit: (listener) => child.once('exit', listener),
        stop: () => {
          child.removeAllListeners('exit');
          child.kill('SIGTERM');
        },
      });
    });
  });
}
