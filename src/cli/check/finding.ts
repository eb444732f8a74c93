/** What a step of the check is called, in the order in which they are tried. */
export type StepName =
  | 'Halo Cloud'
  | 'key'
  | 'IP, quota'
  | 'practice'
  | 'pairing'
  | 'Halo Link'
  | 'site'
  | 'API'
  | 'sources'
  | 'database';

/** What came of a step. A warning is something to look at that stops nothing. */
export interface Outcome {
  readonly state: 'ok' | 'warning' | 'failed' | 'not tried';
  /** What was found. Never the key, nor anything of a patient. */
  readonly said: string;
  /** What to put right, by name of the setting or the place; null where there is nothing. */
  readonly fix: string | null;
}

export interface Finding extends Outcome {
  readonly step: StepName;
}

export const ok = (said: string): Outcome => ({ state: 'ok', said, fix: null });
export const warning = (said: string, fix: string): Outcome => ({ state: 'warning', said, fix });
export const failed = (said: string, fix: string): Outcome => ({ state: 'failed', said, fix });
export const notTried: Outcome = { state: 'not tried', said: 'not tried', fix: null };
