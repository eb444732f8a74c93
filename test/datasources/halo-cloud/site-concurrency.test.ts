import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { createSiteConcurrency } from '../../../src/datasources/halo-cloud/transport/site-concurrency.ts';
import { Stop } from '../../../src/lib/stop.ts';

const limits = { maxConcurrent: 16, maxQueued: 200, connections: 1_024 };

/** Takes this many slots of a site. Returns the functions that release them. */
function enterAll(concurrency: ReturnType<typeof createSiteConcurrency>, site: string, callers: number) {
  const slots: (() => void)[] = [];
  for (let caller = 0; caller < callers; caller += 1) {
    const slot = concurrency.enter(site, new Stop());
    if (slot instanceof Promise) slot.then((given) => slots.push(given));
    else slots.push(slot);
  }
  return slots;
}

describe('the share of the connections that one practice may use', () => {
  it('A4: 40 hanging practices with 100 callers each leave 12 slots to a healthy one', () => {
    const concurrency = createSiteConcurrency(limits);
    const held = Array.from(
      { length: 40 },
      (_, site) => enterAll(concurrency, `hanging-${site}`, 100).length,
    );
    expect(Math.max(...held)).toBe(16);
    expect(enterAll(concurrency, 'healthy', 20)).toHaveLength(12);
    expect(held.reduce((sum, each) => sum + each)).toBeLessThan(limits.connections / 1.5);
  });

  it('A4: is never all of them and never zero, however many practices hang', () => {
    const concurrency = createSiteConcurrency(limits);
    let held = 0;
    for (let site = 0; site < 150; site += 1) {
      const { length } = enterAll(concurrency, `hanging-${site}`, 30);
      expect(length).toBeGreaterThan(0);
      held += length;
    }
    expect(held).toBeLessThan(limits.connections);
  });

  it('A4: is released completely, in whatever order slots are taken, given up and released', async () => {
    const step = fc.record({
      site: fc.integer({ min: 0, max: 5 }),
      what: fc.constantFrom('enter', 'leave', 'abort'),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 200 }), async (steps) => {
        const concurrency = createSiteConcurrency({ maxConcurrent: 3, maxQueued: 1_000, connections: 128 });
        const sites = Array.from({ length: 6 }, () => ({
          slots: [] as (() => void)[],
          waiting: [] as Stop[],
        }));
        for (const { site, what } of steps) {
          const here = sites[site];
          if (!here) continue;
          if (what === 'leave') here.slots.shift()?.();
          else if (what === 'abort') here.waiting.pop()?.abort(new Error('gone'));
          else {
            const signal = new Stop();
            const slot = concurrency.enter(`site-${site}`, signal);
            if (slot instanceof Promise) {
              here.waiting.push(signal);
              slot.then(
                (given) => here.slots.push(given),
                () => {},
              );
            } else here.slots.push(slot);
          }
          await Promise.resolve();
        }
        for (let left = true; left; ) {
          left = false;
          for (const { slots } of sites) {
            for (const giveBack of slots.splice(0)) {
              giveBack();
              left = true;
            }
          }
          await new Promise(setImmediate);
        }
        expect(concurrency.queued()).toBe(0);
        expect(enterAll(concurrency, 'site-0', 9)).toHaveLength(3);
      }),
      { numRuns: 100 },
    );
  });
});

test('a call whose signal is aborted already does not wait for a slot', async () => {
  const concurrency = createSiteConcurrency({ maxConcurrent: 1, maxQueued: 10, connections: 32 });
  expect(enterAll(concurrency, 'slow', 1)).toHaveLength(1);
  const signal = new Stop();
  signal.abort(new Error('gone'));
  const entered = concurrency.enter('slow', signal);
  expect(concurrency.queued()).toBe(0);
  await expect(entered).rejects.toThrow('gone');
});
