import { encodeGlobalID } from '@pothos/plugin-relay';
import type { HaloEnvironment } from '../../config.ts';
import * as prices from '../../price/read-prices.ts';
import { viewerPractices } from '../../resolvers/practice/practices.ts';
import { builder } from '../builder/builder.ts';
import { enumOf } from '../builder/enum.ts';
import { PracticeRef, ViewerRef } from '../refs.ts';

const HaloEnvironmentEnum = enumOf<Uppercase<HaloEnvironment>>(
  'HaloEnvironment',
  'The Halo Cloud environment that this API uses.',
  {
    SANDBOX: 'The local sandbox with synthetic practices. It can simulate failures.',
    STAGING: "Halo Connect's staging environment.",
    PRODUCTION: 'Real practices and real patients.',
  },
);

builder.objectType(ViewerRef, {
  description: 'You, as identified by your credential, and the practices and sites that you can read.',
  fields: (t) => ({
    id: t.id({
      nullable: false,
      description:
        'A key for client caches, the same for every request with your credential. `node` does not accept it.',
      resolve: ({ caller }) => encodeGlobalID('Viewer', encodeURIComponent(caller.name)),
    }),
    name: t.string({
      nullable: false,
      description: 'The name of your credential.',
      resolve: ({ caller }) => caller.name,
    }),
    scopes: t.stringList({
      nullable: { list: false, items: false },
      description: 'The scopes of your credential.',
      resolve: ({ caller }) => caller.scopes,
    }),
    practices: t.field({
      type: [PracticeRef],
      nullable: { list: false, items: false },
      description:
        'The practices that you can query, from your credential and the practices configured in this API. Halo Cloud provides no such list. Practices that cannot be found at the moment are left out.',
      price: prices.viewerPractices,
      resolve: viewerPractices,
    }),
    environment: t.field({
      type: HaloEnvironmentEnum,
      nullable: false,
      description: 'The Halo Cloud environment that this API uses.',
      resolve: ({ environment }) => environment.toUpperCase() as Uppercase<HaloEnvironment>,
    }),
  }),
});

builder.queryField('viewer', (t) =>
  t.field({
    type: ViewerRef,
    nullable: false,
    description: 'You, as identified by your credential, and what you can query.',
    resolve: (_root, _args, context) => context,
  }),
);
