/**
 * What a test file has started and not ended: timers of our own code, servers, connections, processes. Files share a worker, so
 * it would go on beside the files that follow.
 */
import { syncBuiltinESMExports } from 'node:module';
import promises from 'node:timers/promises';

interface Started {
  readonly at: Error;
  isRunning(): boolean;
}

const handleKinds = ['TCPServerWrap', 'TCPSocketWrap', 'PipeWrap', 'ProcessWrap'];
const maxFrames = 10;
/** What is being closed when the tests have passed may take this long. */
const graceMs = 10_000;
const { setTimeout: wait } = globalThis;
/** Of the worker itself. */
const ownHandles = handles();
let started: Started[] = [];
let pruneAt = 1_000;

/** Begins to note what is started. Once for a worker. */
export function noteStarts(): void {
  noteTimers('setTimeout');
  noteTimers('setInterval');
  notePauses();
}

/** What runs, each with the place that started it, as far as that is known. */
export async function leftRunning(): Promise<readonly string[]> {
  for (const end = performance.now() + graceMs; performance.now() < end; ) {
    if (running().length === 0) break;
    await new Promise((resolve) => wait(resolve, 20));
  }
  const left = running();
  started = [];
  return left;
}

function running(): readonly string[] {
  const left = handles();
  for (const kind of ownHandles) if (left.includes(kind)) left.splice(left.indexOf(kind), 1);
  const places = started.filter((each) => each.isRunning()).map(({ at }) => placeOf(at));
  return [...left, ...places.filter((place) => place !== null)];
}

function handles(): string[] {
  return process.getActiveResourcesInfo().filter((kind) => handleKinds.includes(kind));
}

function note(isRunning: () => boolean): void {
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = maxFrames;
  started.push({ at: new Error(), isRunning });
  Error.stackTraceLimit = stackTraceLimit;
  if (started.length < pruneAt) return;
  started = started.filter((each) => each.isRunning());
  pruneAt = Math.max(1_000, 2 * started.length);
}

/** `_destroyed` is how Node itself knows. */
const isPending = (timer: NodeJS.Timeout): boolean =>
  !(timer as unknown as { readonly _destroyed: boolean })._destroyed;

function noteTimers(kind: 'setTimeout' | 'setInterval'): void {
  const start = globalThis[kind] as (...given: unknown[]) => NodeJS.Timeout;
  const noting = (...given: unknown[]) => {
    const timer = start(...given);
    note(() => isPending(timer));
    return timer;
  };
  Object.defineProperties(noting, Object.getOwnPropertyDescriptors(start));
  Object.assign(globalThis, { [kind]: noting });
}

function notePauses(): void {
  const { setTimeout: start } = promises;
  const noting = (...given: Parameters<typeof start>) => {
    let isOver = false;
    note(() => !isOver);
    const over = () => {
      isOver = true;
    };
    const pause = start(...given);
    pause.then(over, over);
    return pause;
  };
  promises.setTimeout = noting as typeof start;
  syncBuiltinESMExports();
}

/** Where our own code started it. Null: a library did, for itself. */
function placeOf({ stack = '' }: Error): string | null {
  const frames = stack.split('\n').filter((line) => /^ +at /.test(line) && !/left-running|node:/.test(line));
  const [nearest = '/node_modules/'] = frames;
  return nearest.includes('/node_modules/') ? null : frames.slice(0, 4).join('\n');
}
