import { listLimits } from '../../resolvers/limits.ts';
import { node, nodes } from '../../resolvers/practice/nodes.ts';
import { builder } from '../builder/builder.ts';

builder.queryFields((t) => ({
  node: t.field({
    type: builder.nodeInterfaceRef(),
    description:
      'Anything by its global id. Null when there is no such thing; also null, with an entry in `errors`, when the id is malformed or the thing could not be read.',
    args: { id: t.arg.id({ required: true, description: 'The global id.' }) },
    resolve: node,
  }),
  nodes: t.field({
    type: [builder.nodeInterfaceRef()],
    nullable: { list: false, items: true },
    description:
      'Several things by their global ids, in the order of the argument. Each fails alone, as `node` does.',
    args: { ids: t.arg.idList({ required: true, maxItems: listLimits.ids, description: 'Global ids.' }) },
    resolve: nodes,
  }),
}));
