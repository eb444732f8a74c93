/** Runs the local Halo Cloud of the sandbox environment in a child process. */
import { fork } from 'node:child_process';
import { existsSync } from 'node:fs';
import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runNode } from './child-process.ts';
import { ConfigError } from './config.ts';
import type { RegisteredPractice } from './practices-file.ts';

/** The key that the local sandbox accepts. It is not a secret. */
export const sandboxKey = 'sandbox-key-not-secret';

export interface SandboxProcess {
  readonly baseUrl: string;
  /** The practices of the sandbox, as an integrator would record them at onboarding. */
  readonly practices: readonly RegisteredPractice[];
  /** Calls the listener when the process ends without `stop`. */
  onExit(listener: (code: number | null) => void): void;
  stop(): void;
}

interface Listening {
  readonly type: 'listening';
  readonly url: string;
  readonly practices: readonly RegisteredPractice[];
}

/** Runs the sandbox by itself until it is stopped. Resolves with its exit code. Throws a ConfigError, as below. */
export function runSandbox({ port, key }: { readonly port: string; readonly key: string }): Promise<number> {
  const env = { ...process.env, SANDBOX_KEY: key, PORT: port, HOST: '127.0.0.1', SANDBOX_ALONE: 'true' };
  return runNode([...process.execArgv, entryPoint()], env);
}

/**
 * Starts the sandbox on a free port of the loopback interface. Resolves when it listens. Rejects with a ConfigError where the
 * sandbox is not installed: the container image does not have it.
 */
export async function startSandboxProcess(subscriptionKey: string): Promise<SandboxProcess> {
  const child = fork(entryPoint(), [], {
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

function entryPoint(): string {
  // The same extension as this file, because compiled code starts compiled code, and source starts source.
  const entry = fileURLToPath(new URL(`../sandbox/main${extname(import.meta.url)}`, import.meta.url));
  if (!existsSync(entry)) {
    throw new ConfigError([
      'HALO_ENVIRONMENT=sandbox: this installation has no sandbox. Set HALO_BASE_URL to the address of one, or another HALO_ENVIRONMENT.',
    ]);
  }
  return entry;
}
