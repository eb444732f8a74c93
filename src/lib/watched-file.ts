import { readFileSync, statSync } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';

/** Milliseconds between two checks of a file. */
const defaultCheckEveryMs = 2_000;

/** The content of a file cannot be used. The message has one line for each fault, and never a value of the file. */
export class FileFault extends Error {
  constructor(faults: readonly string[]) {
    super(faults.join('\n'));
    this.name = 'FileFault';
  }
}

export interface WatchOptions<T> {
  readonly path: string;
  /** Throws a FileFault. */
  readonly parse: (text: string) => T;
  /** Called with the content of each change. */
  readonly changed: (content: T) => void;
  /** Called once for each change that cannot be used. The earlier content stays valid. */
  readonly unusable: (faults: readonly string[]) => void;
  /** Milliseconds between two checks of the file. @default 2000 */
  readonly checkEveryMs?: number | undefined;
}

export interface WatchedFile<T> {
  /** The content at the start. */
  readonly first: T;
  /** Checks the file now. Never rejects. */
  look(): Promise<void>;
  close(): void;
}

/**
 * Reads a file, and reads it again when it changes. Throws a FileFault if it is unusable at the start.
 *
 * The file is polled. File system notifications miss files that are replaced, which is how editors and Kubernetes write.
 */
export function watchFile<T>(options: WatchOptions<T>): WatchedFile<T> {
  const { path, parse, changed, unusable, checkEveryMs = defaultCheckEveryMs } = options;
  let seen: string;
  let first: T;
  let reported = '';
  let closed = false;
  try {
    seen = stampOf(statSync(path, { bigint: true }));
    first = parse(readFileSync(path, 'utf8'));
  } catch (error) {
    throw new FileFault(faultsOf(error));
  }

  let running: Promise<void> | null = null;
  let next: Promise<void> | null = null;
  /** A check in progress may have missed the last change. So callers that arrive meanwhile share the next check. */
  function look(): Promise<void> {
    if (running) {
      next ??= running.then(() => {
        next = null;
        return look();
      });
      return next;
    }
    running = check().finally(() => {
      running = null;
    });
    return running;
  }

  async function check(): Promise<void> {
    let stamp = 'gone';
    try {
      // The stamp is read first, so a later write has another stamp at the next check.
      stamp = stampOf(await stat(path, { bigint: true }));
      if (stamp === seen) return;
      const content = parse(await readFile(path, 'utf8'));
      seen = stamp;
      if (!closed) changed(content);
    } catch (error) {
      if (closed) return;
      // A file that cannot be read may be readable at the next check. Wrong content stays wrong until the next write.
      if (error instanceof FileFault) seen = stamp;
      const faults = faultsOf(error);
      const entry = [stamp, ...faults].join('\n');
      if (entry === reported) return;
      reported = entry;
      unusable(faults);
    }
  }

  let timer = setTimeout(lookAgain, checkEveryMs).unref();
  async function lookAgain(): Promise<void> {
    await look();
    if (!closed) timer = setTimeout(lookAgain, checkEveryMs).unref();
  }

  return {
    first,
    look,
    close() {
      closed = true;
      clearTimeout(timer);
    },
  };
}

function faultsOf(error: unknown): readonly string[] {
  if (error instanceof FileFault) return error.message.split('\n');
  return [`cannot be read (${(error as NodeJS.ErrnoException).code ?? 'unreadable'}).`];
}

/** A value that changes when the file is written or replaced. Links are followed. */
const stampOf = (file: { mtimeNs: bigint; ctimeNs: bigint; size: bigint; ino: bigint }): string =>
  [file.mtimeNs, file.ctimeNs, file.size, file.ino].join();
