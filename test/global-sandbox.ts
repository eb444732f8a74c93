/**
 * One sandbox for all test files, with a fixed date. Faults are sent with each request, so that no test affects
 * another.
 */
import { readdirSync, rmSync } from 'node:fs';
import type { TestProject } from 'vitest/node';
import { startSandbox } from '../sandbox/server/start.ts';
import { sandboxToday } from './sandbox-today.ts';

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  removeBuilds();
  const sandbox = await startSandbox({ today: sandboxToday });
  project.provide('sandboxUrl', sandbox.url);
  return async () => {
    removeBuilds();
    await sandbox.close();
  };
}

/** The build of this run, for tests with real processes, or what a killed run with the same process id has left. */
function removeBuilds(): void {
  const root = new URL('..', import.meta.url);
  for (const name of readdirSync(root).filter((each) => each.startsWith(`dist-e2e-${process.pid}-`))) {
    rmSync(new URL(name, root), { recursive: true });
  }
}

declare module 'vitest' {
  export interface ProvidedContext {
    sandboxUrl: string;
  }
}
