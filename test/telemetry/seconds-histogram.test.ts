import fc from 'fast-check';
import { Histogram, Registry } from 'prom-client';
import { expect, test } from 'vitest';
import { secondsHistogram } from '../../src/telemetry/seconds-histogram.ts';

test('the text is that of the histogram of prom-client', async () => {
  const options = { name: 'seconds', help: 'Seconds, by kind.', buckets: [0.005, 0.1, 1, 60] };
  const seconds = fc.oneof(
    fc.constantFrom(0, 0.005, 0.0051, 0.1, 1, 60, 61),
    fc.double({ min: 0, max: 100, noNaN: true }),
  );
  const observation = fc.record({ kind: fc.constantFrom('sql', 'fhir', 'site'), seconds });
  await fc.assert(
    fc.asyncProperty(fc.array(observation), async (observations) => {
      const [theirs, ours] = [new Registry(), new Registry()];
      const histogram = new Histogram({ ...options, labelNames: ['kind'], registers: [theirs] });
      const ofKind = secondsHistogram(ours, { ...options, label: 'kind' });
      const kinds = new Map<string, (seconds: number) => void>();
      for (const { kind, seconds: observed } of observations) {
        histogram.observe({ kind }, observed);
        const observe = kinds.get(kind) ?? ofKind(kind);
        kinds.set(kind, observe);
        observe(observed);
      }
      expect(await ours.metrics()).toBe(await theirs.metrics());
    }),
  );
});
