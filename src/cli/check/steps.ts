import { explain } from './explain.ts';
import { type Finding, notTried, type Outcome, type StepName } from './finding.ts';
import type { Place } from './place.ts';

/** Runs the steps of a check one after the other. Steps after a failed step are not tried. */
export interface CheckSteps {
  readonly findings: readonly Finding[];
  /**
   * Runs the step. A HaloError that it throws is a failure.
   * @param blocks whether later steps depend on this one. @default true
   */
  step(name: StepName, attempt: () => Promise<Outcome>, blocks?: boolean): Promise<void>;
}

export function createSteps(place: Place, blockedFromStart = false): CheckSteps {
  const findings: Finding[] = [];
  let blocked = blockedFromStart;
  return {
    findings,
    async step(step, attempt, blocks = true) {
      if (blocked) {
        findings.push({ step, ...notTried });
        return;
      }
      const outcome = await attempt().catch((error: unknown) => explain(error, place));
      findings.push({ step, ...outcome });
      if (outcome.state === 'failed' && blocks) blocked = true;
    },
  };
}
