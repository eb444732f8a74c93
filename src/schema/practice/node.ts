import * as prices from '../../price/node-prices.ts';
import { listLimits } from '../../resolvers/limits.ts';
import { node, nodes } from '../../resolvers/practice/nodes.ts';
import { builder } from '../builder/builder.ts';

builder.queryFields((t) => ({
  node: t.field({
    type: builder.nodeInterfaceRef(),
    description:
      'Any object by its global id. Null if it does not exist. Also null, with an entry in `errors`, if the id is malformed or the object could not be read.',
    args: { id: t.arg.id({ required: true, description: 'The global id.' }) },
    price: prices.node,
    resolve: node,
  }),
  nodes: t.field({
    type: [builder.nodeInterfaceRef()],
    nullable: { list: false, items: true },
    description:
      'Several objects by their global ids, in the order of the argument. Each can fail independently, as in `node`.',
    args: { ids: t.arg.idList({ required: true, maxItems: listLimits.ids, description: 'The global ids.' }) },
    price: prices.nodes,
    resolve: nodes,
  }),
}));
