/** The types require a `price` wherever a resolver can wait for upstream. This file is only compiled, never run. */
import { free } from '../../src/price/read-prices.ts';
import { builder } from '../../src/schema/builder/builder.ts';

export const fields = builder.queryFields((t) => ({
  plain: t.string({ description: 'Resolved without a promise: free by default.', resolve: () => 'Sample' }),
  priced: t.string({ description: 'Can wait.', price: free, resolve: async () => 'Sample' }),
  // @ts-expect-error: it returns a promise and has no price
  unpriced: t.string({ description: 'Can wait.', resolve: async () => 'Sample' }),
  // @ts-expect-error: it may return a promise and has no price
  sometimes: t.int({
    description: 'Waits on some rows only.',
    resolve: (_root, _args, { caller }) => (caller.name === '' ? 1 : Promise.resolve(1)),
  }),
  // @ts-expect-error: its items are promises and it has no price
  list: t.stringList({
    description: 'The items can wait.',
    nullable: { list: false, items: false },
    resolve: () => [Promise.resolve('Sample')],
  }),
}));
