/** The results of a scenario. */
import type { Cost, RoundResult } from './bench.ts';
import type { Scenario } from './scenarios.ts';
import { type Spread, spreadOf } from './statistics.ts';

export interface Row {
  readonly name: string;
  /** Why the row does not count: the response differed or was missing. */
  readonly wrong?: string;
  readonly rounds: readonly RoundResult[];
  readonly cost?: Cost;
}

export interface Outcome {
  readonly scenario: Scenario;
  readonly rows: readonly Row[];
}

export function spread(row: Row | undefined, value: (round: RoundResult) => number): Spread {
  return spreadOf((row?.rounds ?? []).map(value));
}

export const perSecond = ({ operations, seconds }: RoundResult): number => operations / seconds;

/** Ratio of two rows, round by round: a slow machine slows both. */
export function ratio(
  outcome: Outcome | undefined,
  name: string,
  against: string,
  value: (round: RoundResult) => number,
): Spread {
  const row = (wanted: string) => outcome?.rows.find((each) => each.name === wanted && !each.wrong);
  const others = row(against)?.rounds ?? [];
  return spreadOf(
    (row(name)?.rounds ?? []).flatMap((round, index) => {
      const other = others[index];
      return other ? [value(round) / value(other)] : [];
    }),
  );
}
