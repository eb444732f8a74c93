import type { HaloEnvironment } from '../../config.ts';

/** The environment, the server and the practice that a step checks. */
export interface Place {
  readonly environment: HaloEnvironment;
  /** Without credentials. */
  readonly baseUrl: string;
  /** The proxy's URL without credentials; null: none. */
  readonly proxy: string | null;
  readonly deadlineMs: number;
  /** Null: the step checks no particular practice. */
  readonly bpSiteId: string | null;
  /** Number of configured subscription keys. */
  readonly keys: number;
}
