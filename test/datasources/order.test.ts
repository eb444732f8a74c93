import fc from 'fast-check';
import { expect, it } from 'vitest';
import { compareIds } from '../../src/datasources/domain/order.ts';

const id = fc.oneof(fc.stringMatching(/^[A-Za-z0-9.-]{1,6}$/), fc.stringMatching(/^[0-9]{1,4}$/), fc.uuid());

it('G14: ids of any FHIR server have one order, in which numbers go by their value', () => {
  fc.assert(
    fc.property(id, id, id, (a, b, c) => {
      expect(Math.sign(compareIds(a, b))).toBe(-Math.sign(compareIds(b, a)) + 0);
      if (compareIds(a, b) <= 0 && compareIds(b, c) <= 0) expect(compareIds(a, c)).toBeLessThanOrEqual(0);
    }),
    { examples: [['9', '10', '1a']] },
  );
  expect(['10', '9', '1a', 'b', '-1'].toSorted(compareIds)).toEqual(['9', '10', '-1', '1a', 'b']);
});
