import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createSiteConcurrency } from '../../../src/datasources/halo-cloud/transport/site-concurrency.ts';
import { Stop } from '../../../src/lib/stop.ts';

const limits = { atOnce: 16, inLine: 200, connections: 1_024 };

/** Lets so many callers in at a site; gives what gives their places back. */
function enterAll(lanes: ReturnType<typeof createSiteConcurrency>, site: string, callers: number) {
  const places: (() => void)[] = [];
  for (let caller = 0; caller < callers; caller += 1) {
    const place = lanes.enter(site, new Stop());
    if (place instanceof Promise) place.then((given) => places.push(given));
    else places.push(place);
  }
  return places;
}

describe('what one practice may hold of the connections', () => {
  it('A4: 40 practices that hang, with 100 callers each, leave a healthy one 12 places and the rest of the pool', () => {
    const lanes = createSiteConcurrency(limits);
    const held = Array.from({ length: 40 }, (_, site) => enterAll(lanes, `hanging-${site}`, 100).length);
    expect(Math.max(...held)).toBe(16);
    expect(enterAll(lanes, 'healthy', 20)).toHaveLength(12);
    expect(held.reduce((sum, each) => sum + each)).toBeLessThan(limits.connections / 1.5);
  });

  it('A4: is never all of them, however many practices hang, and never none', () => {
    const lanes = createSiteConcurrency(limits);
    let held = 0;
    for (let site = 0; site < 150; site += 1) {
      const { length } = enterAll(lanes, `hanging-${site}`, 30);
      expect(length).toBeGreaterThan(0);
      held += length;
    }
    expect(held).toBeLessThan(limits.connections);
  });

  it('A4: comes back whole, in whatever order places are taken, left and given back', async () => {
    const step = fc.record({
      site: fc.integer({ min: 0, max: 5 }),
      what: fc.constantFrom('enter', 'leave', 'abort'),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 200 }), async (steps) => {
        const lanes = createSiteConcurrency({ atOnce: 3, inLine: 1_000, connections: 128 });
        const sites = Array.from({ length: 6 }, () => ({
          places: [] as (() => void)[],
          waiting: [] as Stop[],
        }));
        for (const { site, what } of steps) {
          const here = sites[site];
          if (!here) continue;
          if (what === 'leave') here.places.shift()?.();
          else if (what === 'abort') here.waiting.pop()?.abort(new Error('gone'));
          else {
            const signal = new Stop();
            const place = lanes.enter(`site-${site}`, signal);
            if (place instanceof Promise) {
              here.waiting.push(signal);
              place.then(
                (given) => here.places.push(given),
                () => {},
              );
            } else here.places.push(place);
          }
          await Promise.resolve();
        }
        for (let left = true; left; ) {
          left = false;
          for (const { places } of sites) {
            for (const giveBack of places.splice(0)) {
              giveBack();
              left = true;
            }
          }
          await new Promise(setImmediate);
        }
        expect(lanes.inLine()).toBe(0);
        expect(enterAll(lanes, 'site-0', 9)).toHaveLength(3);
      }),
      { numRuns: 100 },
    );
  });
});
