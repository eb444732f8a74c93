import type { MetricValueWithName, Registry } from 'prom-client';

interface Options {
  readonly name: string;
  readonly help: string;
  readonly label: string;
  /** Upper bounds in seconds, ascending. */
  readonly buckets: readonly number[];
}

/** Observations with one value of the label. */
interface Observed {
  readonly value: string;
  /** One more than the buckets: the last counts what is longer than all of them. */
  readonly counts: number[];
  sum: number;
}

/**
 * A histogram with one label. The label's value is looked up once, and an observation then adds two numbers. prom-client's own
 * histogram checks and hashes the labels of each observation.
 * @returns the function that observes seconds for a value of the label
 */
export function secondsHistogram(
  registry: Registry,
  { name, help, label, buckets }: Options,
): (value: string) => (seconds: number) => void {
  const all: Observed[] = [];
  const metric = {
    name,
    get: async () => ({
      name,
      help,
      type: 'histogram',
      values: all.flatMap((observed) => valuesOf(name, label, buckets, observed)),
    }),
  };
  // The registry uses a metric's name and `get` only.
  registry.registerMetric(metric as never);
  return (value) => {
    const observed: Observed = { value, counts: new Array<number>(buckets.length + 1).fill(0), sum: 0 };
    all.push(observed);
    const { counts } = observed;
    return (seconds) => {
      let at = 0;
      while (at < buckets.length && seconds > (buckets[at] as number)) at += 1;
      counts[at] = (counts[at] as number) + 1;
      observed.sum += seconds;
    };
  };
}

function valuesOf(
  name: string,
  label: string,
  buckets: readonly number[],
  { value, counts, sum }: Observed,
): MetricValueWithName<string>[] {
  let total = 0;
  const cumulative = [...buckets, '+Inf'].map((le, at) => {
    total += counts[at] as number;
    return { metricName: `${name}_bucket`, labels: { le, [label]: value }, value: total };
  });
  const labels = { [label]: value };
  return [
    ...cumulative,
    { metricName: `${name}_sum`, labels, value: sum },
    { metricName: `${name}_count`, labels, value: total },
  ];
}
