import type { CheckReport } from './check-halo-cloud.ts';
import type { Finding } from './finding.ts';

const marks: Readonly<Record<Finding['state'], string>> = {
  ok: '✓',
  warning: '!',
  failed: '✗',
  'not tried': '·',
};

/** Formats the report for a person: one line for each step, and below each problem a line with its fix. */
export function reportText(report: CheckReport): string {
  const { environment, baseUrl, access, practices, cost } = report;
  const alone = practices.length === 1;
  const lines = [
    `halo-graph check: HALO_ENVIRONMENT=${environment}, ${baseUrl}${alone ? `, practice ${practices[0]?.bpSiteId}` : ''}`,
    ...access.flatMap(linesOf),
    ...practices.flatMap(({ bpSiteId, findings }) => {
      if (alone) return findings.flatMap(linesOf);
      const quiet = findings.every(({ state }) => state === 'ok');
      if (quiet) return `${marks.ok} ${bpSiteId}: ${findings[0]?.said ?? ''} All right.`;
      return [`${bpSiteId}:`, ...findings.flatMap(linesOf).map((line) => `  ${line}`)];
    }),
    `${counted(cost.calls, 'call')} to Halo Cloud, ${cost.charged} of them charged. ${conclusion(report)}`,
  ];
  return `${lines.join('\n')}\n`;
}

function linesOf({ step, state, said, fix }: Finding): readonly string[] {
  const line = `${marks[state]} ${step.padEnd(10)}  ${said}`;
  return fix === null ? [line] : [line, `${' '.repeat(14)}-> ${fix}`];
}

function conclusion({ access, practices }: CheckReport): string {
  const all = [...access, ...practices.flatMap(({ findings }) => findings)];
  const broken = all.filter(({ state }) => state === 'failed').length;
  const odd = all.filter(({ state }) => state === 'warning').length;
  if (broken > 0) return `${counted(broken, 'problem')} to fix.`;
  const without = practices.length === 0 ? ' No practice was checked: give a Bp Site ID.' : '';
  return (odd > 0 ? `All right, with ${counted(odd, 'warning')}.` : 'All right.') + without;
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
