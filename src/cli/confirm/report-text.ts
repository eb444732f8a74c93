import type { ConfirmedLine, ConfirmReport } from './confirm-practice.ts';

const width = 80;
const marks = { holds: '✓', 'does not hold': '✗', 'cannot tell': '·' } as const;
const headings = {
  'does not hold': 'Does not hold: what to change',
  'cannot tell': 'Cannot tell',
  holds: 'Holds',
} as const;

/** Formats the report for a terminal of 80 columns: what does not hold first. */
export function reportText({ lines, untested, cost, ...about }: ConfirmReport): string {
  const { environment, bpPremierVersion, haloLinkVersion } = about;
  const groups = (['does not hold', 'cannot tell', 'holds'] as const).map((state) => {
    const own = lines.filter((line) => line.state === state);
    return own.length === 0 ? [] : ['', `${headings[state]} (${own.length})`, ...own.flatMap(linesOf)];
  });
  const count = (state: ConfirmedLine['state']) => lines.filter((line) => line.state === state).length;
  const untestedCount = untested.reduce((sum, { ids }) => sum + ids.length, 0);
  return `${[
    ...wrapped(
      `halo-graph confirm: HALO_ENVIRONMENT=${environment}, Bp Premier ${bpPremierVersion ?? 'unknown'}, Halo Link ${haloLinkVersion ?? 'unknown'}`,
      '',
    ),
    ...groups.flat(),
    '',
    ...wrapped(
      `${count('holds')} hold, ${count('does not hold')} do not hold, ${count('cannot tell')} cannot tell. ${untestedCount} further assumptions cannot be tested by reading: docs/assumptions.md says why.`,
      '',
    ),
    `${cost.calls} calls to Halo Cloud, ${cost.charged} of them charged. Nothing was changed.`,
  ].join('\n')}\n`;
}

function linesOf({ id, about, state, found, remedy }: ConfirmedLine): readonly string[] {
  const indent = ' '.repeat(6);
  return [
    ...wrapped(`${marks[state]} ${id.padEnd(3)} ${capital(about)}`, indent),
    ...wrapped(`${indent}${found}`, indent),
    ...(remedy === null ? [] : wrapped(`${indent}-> ${remedy}`, `${indent}   `)),
  ];
}

/** Names in code keep their case. */
const capital = (text: string): string =>
  /^[a-z]+ /.test(text) ? text.slice(0, 1).toUpperCase() + text.slice(1) : text;

/** Breaks at blanks. Further lines are indented. */
function wrapped(text: string, indent: string): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/(?<=\S) /)) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line);
      line = `${indent}${word}`;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line];
}
