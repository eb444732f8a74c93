import { explain } from './explain.ts';
import { type Finding, notTried, type Outcome, type StepName } from './finding.ts';
import type { Place } from './place.ts';

/** Steps one after the other: what follows one that failed is not tried. */
export interface Trail {
  readonly findings: readonly Finding[];
  /**
   * Tries it; a HaloError that it throws is a failure.
   * @param blocks whether the steps that follow depend on it; default: they do
   */
  step(name: StepName, attempt: () => Promise<Outcome>, blocks?: boolean): Promise<void>;
}

export function openTrail(place: Place, blockedFromStart = false): Trail {
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
