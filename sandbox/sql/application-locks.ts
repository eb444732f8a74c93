import type { ServerState } from './server-state.ts';
import { permissionDenied, SqlServerError } from './sql-server-error.ts';
import type { SqlValue } from './values.ts';

/** Assumption S40: `sp_getapplock` and `sp_releaseapplock` with `@LockOwner = 'Session'`: each SQL text has its own session. */
export class ApplicationLocks {
  /** Locks held beyond the end of the text that took them. No other session gets them any more. */
  readonly #left = new Set<string>();

  /** Locks that an ended session still holds, for tests. */
  get left(): readonly string[] {
    return [...this.#left];
  }

  openSession(state: ServerState): LockSession {
    const held = new Set<string>();
    return {
      call: (procedure, args) => {
        if (state.locks === 'refused') throw permissionDenied('EXECUTE', procedure);
        const resource = String(args.get('@resource') ?? '').slice(0, 255);
        if (args.get('@lockowner') !== 'Session') {
          throw new SqlServerError(
            50000,
            'The statement or function must be executed in the context of a user transaction.',
          );
        }
        if (procedure === 'sp_releaseapplock') {
          if (held.delete(resource)) return 0;
          throw new SqlServerError(
            1223,
            `Cannot release the application lock (Database Principal: 'public', Resource: '${resource}') because it is not currently held.`,
          );
        }
        if (state.locks === 'busy' || this.#left.has(resource)) return -1;
        held.add(resource);
        return 0;
      },
      end: () => {
        for (const resource of held) this.#left.add(resource);
      },
    };
  }
}

export interface LockSession {
  /** RETURN of the procedure; arguments by lower-case names. Throws 229, 1223 and 50000. */
  call(procedure: LockProcedure, args: ReadonlyMap<string, SqlValue>): number;
  end(): void;
}

const procedures = ['sp_getapplock', 'sp_releaseapplock'] as const;
export type LockProcedure = (typeof procedures)[number];

export function lockProcedure(name: string): LockProcedure | undefined {
  return procedures.find((procedure) => procedure === name.toLowerCase());
}
