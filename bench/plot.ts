/** Draws docs/benchmark.svg: requests per second and CPU per operation of the day book at 0 ms upstream delay. */
import type { RoundResult } from './bench.ts';
import { type Outcome, perSecond, spread } from './outcome.ts';
import type { Spread } from './statistics.ts';
import { facadeName } from './targets.ts';

const rowHeight = 30;
const labelWidth = 230;
const panelWidth = 260;
const gap = 70;
const top = 62;

interface Panel {
  readonly title: string;
  readonly value: (round: RoundResult) => number;
  readonly digits: number;
}

const panels: readonly Panel[] = [
  { title: 'Requests a second (more is better)', value: perSecond, digits: 0 },
  {
    title: 'CPU for one operation, ms (less is better)',
    value: ({ cpuPerOperation }) => cpuPerOperation,
    digits: 2,
  },
];

export function plotOf({ scenario, rows }: Outcome): string {
  const counting = rows.filter(({ wrong }) => wrong === undefined);
  const height = top + counting.length * rowHeight + 20;
  const width = labelWidth + panels.length * (panelWidth + gap);
  const labels = counting.map(({ name }, at) =>
    text(
      labelWidth - 10,
      middleOf(at),
      name,
      `text-anchor="end"${name === facadeName ? ' font-weight="bold"' : ''}`,
    ),
  );
  const drawn = panels.map(({ title, value, digits }, place) => {
    const left = labelWidth + place * (panelWidth + gap);
    const spreads = counting.map((row) => spread(row, value));
    const scale = panelWidth / Math.max(...spreads.map(({ most }) => most), Number.MIN_VALUE);
    const bars = counting.map(({ name }, at) =>
      bar(left, at, spreads[at], scale, digits, name === facadeName),
    );
    return [text(left, top - 16, title, 'fill="#555"'), ...bars].join('\n');
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" font-family="system-ui, sans-serif" font-size="13">
<title>Requests a second and CPU for one operation</title>
<rect width="${width}" height="${height}" fill="#fff"/>
${text(16, 24, `${scenario.title}: medians, the line from the least to the most round`, 'font-weight="bold"')}
${[...labels, ...drawn].join('\n')}
</svg>
`;
}

function bar(
  left: number,
  at: number,
  value: Spread | undefined,
  scale: number,
  digits: number,
  ours: boolean,
): string {
  if (!value) return '';
  const { median, least, most } = value;
  const y = middleOf(at);
  return `<rect x="${left}" y="${y - 13}" width="${round(median * scale)}" height="18" fill="${ours ? '#0b7285' : '#adb5bd'}"/>
<line x1="${round(left + least * scale)}" x2="${round(left + most * scale)}" y1="${y - 4}" y2="${y - 4}" stroke="#212529"/>
${text(round(left + most * scale) + 6, y, median.toFixed(digits), '')}`;
}

const middleOf = (at: number): number => top + at * rowHeight + 18;
const round = (value: number): number => Math.round(value * 10) / 10;

function text(x: number, y: number, content: string, attributes: string): string {
  const escaped = content.replace(/&/g, '&amp;').replace(/</g, '&lt;');
  return `<text x="${x}" y="${y}" ${attributes}>${escaped}</text>`;
}
