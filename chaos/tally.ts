/** Makes tables from samples. */
import type { Sample } from './load.ts';

export function percentile(samples: readonly Sample[], share: number): number {
  const times = samples.map(({ ms }) => ms).sort((a, b) => a - b);
  return times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? Number.NaN;
}

export function grouped(
  samples: readonly Sample[],
  by: (sample: Sample) => string,
): ReadonlyMap<string, readonly Sample[]> {
  const groups = new Map<string, Sample[]>();
  for (const sample of samples) {
    const group = groups.get(by(sample));
    if (group) group.push(sample);
    else groups.set(by(sample), [sample]);
  }
  return groups;
}

/** `OK 120, SITE_UNAVAILABLE 31`: the most frequent first. */
export function outcomes(samples: readonly Sample[]): string {
  return [...grouped(samples, ({ outcome }) => outcome)]
    .sort(([, a], [, b]) => b.length - a.length)
    .map(([outcome, { length }]) => `${outcome} ${length}`)
    .join(', ');
}

export function table(rows: readonly (readonly (string | number)[])[]): string {
  const cells = rows.map((row) => row.map((cell) => (typeof cell === 'number' ? cell.toFixed(0) : cell)));
  const widths = cells.reduce<number[]>(
    (most, row) => row.map((cell, at) => Math.max(most[at] ?? 0, cell.length)),
    [],
  );
  return cells
    .map((row) =>
      row
        // The last column has text of any length.
        .map((cell, at) =>
          at === 0
            ? cell.padEnd(widths[at] ?? 0)
            : at === row.length - 1
              ? cell
              : cell.padStart(widths[at] ?? 0),
        )
        .join('  '),
    )
    .join('\n');
}
