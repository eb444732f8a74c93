import type { HaloEnvironment } from '../../config.ts';

/** Where the check is asking. */
export interface Place {
  readonly environment: HaloEnvironment;
  /** Without credentials. */
  readonly baseUrl: string;
  /** On the way there, without credentials; null: none. */
  readonly proxy: string | null;
  readonly deadlineMs: number;
  /** Null: nobody's in particular. */
  readonly bpSiteId: string | null;
}
