/** One sandbox Halo Cloud for all test files, around a fixed date. Faults travel with each request, so that none disturbs another. */
import type { TestProject } from 'vitest/node';
import { startSandbox } from '../sandbox/server/start.ts';
import { sandboxToday } from './sandbox-today.ts';

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const sandbox = await startSandbox({ today: sandboxToday });
  project.provide('sandboxUrl', sandbox.url);
  return () => sandbox.close();
}

declare module 'vitest' {
  export interface ProvidedContext {
    sandboxUrl: string;
  }
}
