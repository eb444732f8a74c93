import { fails, holds, type Line, toMaintainers } from './line.ts';

/** What a registered query of `confirm --registered` showed. */
export const registeredLines: readonly Line[] = [
  {
    id: 'H35',
    about: 'a registered query runs at once and keeps its name',
    needs: ['registered'],
    reads:
      '`--registered`: a query that counts the locations is registered, watched until its first result, and cancelled',
    remedy: `LIVE_SOURCE=poll. ${toMaintainers}`,
    verdict({ registered: { name, records, firstResultMs } }) {
      const last = records.at(-1);
      if (!last) return fails('Its status could not be read.');
      const named = last.name === name ? 'its name came back' : 'another name came back';
      const hash = last.lastHash === null ? 'no lastHash' : 'a lastHash';
      if (firstResultMs === null) return fails(`No result within two minutes; ${named}, ${hash}.`);
      const found = `First result after ${Math.round(firstResultMs / 1000)} s; ${named}, ${hash}.`;
      const isUsual = last.name === name && last.lastHash !== null && firstResultMs <= 60_000;
      return isUsual ? holds(found) : fails(found);
    },
  },
  {
    id: 'H24',
    about: 'a registered query can be cancelled twice',
    needs: ['registered'],
    reads: '`--registered`: the query is cancelled twice',
    remedy: toMaintainers,
    verdict: ({ registered: { cancelledTwice } }) =>
      cancelledTwice ? holds('Both succeeded.') : fails('It could not be cancelled.'),
  },
];
