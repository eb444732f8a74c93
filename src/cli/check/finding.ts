/** The names of the check's steps, in the order in which they run. */
export type StepName =
  | 'Halo Cloud'
  | 'key'
  | 'IP, quota'
  | 'live book'
  | 'practice'
  | 'pairing'
  | 'Halo Link'
  | 'site'
  | 'API'
  | 'sources'
  | 'database';

/** The result of a step. A warning needs attention, but does not stop the check. */
export interface Outcome {
  readonly state: 'ok' | 'warning' | 'failed' | 'not tried';
  /** What the step found. It never contains the key or patient data. */
  readonly said: string;
  /** What to fix: the setting or the place, and the action. Null: nothing. */
  readonly fix: string | null;
}

export interface Finding extends Outcome {
  readonly step: StepName;
}

export const ok = (said: string): Outcome => ({ state: 'ok', said, fix: null });
export const warning = (said: string, fix: string): Outcome => ({ state: 'warning', said, fix });
export const failed = (said: string, fix: string): Outcome => ({ state: 'failed', said, fix });
export const notTried: Outcome = { state: 'not tried', said: 'not tried', fix: null };
