import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createTurns } from '../../../src/datasources/halo-cloud/transport/turns.ts';

it('D7: changes with one name run one after the other, in order, even if some fail', async () => {
  const change = fc.record({ name: fc.constantFrom('a', 'b', 'c'), fails: fc.boolean() });
  await fc.assert(
    fc.asyncProperty(fc.scheduler(), fc.array(change, { maxLength: 12 }), async (scheduler, changes) => {
      const turns = createTurns();
      const running = new Set<string>();
      const order: number[] = [];
      const results = changes.map(({ name, fails }, index) =>
        turns.run(name, async () => {
          expect(running.has(name)).toBe(false);
          running.add(name);
          await scheduler.schedule(Promise.resolve(), `change ${index}`);
          running.delete(name);
          order.push(index);
          if (fails) throw new Error(`change ${index}`);
          return index;
        }),
      );
      const settled = Promise.allSettled(results);
      await scheduler.waitFor(settled);
      const done = await settled;
      expect(done.map(({ status }) => status === 'rejected')).toEqual(changes.map(({ fails }) => fails));
      for (const name of ['a', 'b', 'c']) {
        const ofName = order.filter((index) => changes[index]?.name === name);
        expect(ofName).toEqual(ofName.toSorted((a, b) => a - b));
      }
    }),
  );
});
