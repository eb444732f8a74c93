import { encodeGlobalID } from '@pothos/plugin-relay';
import type { HaloEnvironment } from '../../config.ts';
import { viewerPractices } from '../../resolvers/practice/practices.ts';
import { builder } from '../builder/builder.ts';
import { enumOf } from '../builder/enum.ts';
import { PracticeRef, ViewerRef } from '../refs.ts';

const HaloEnvironmentEnum = enumOf<Uppercase<HaloEnvironment>>(
  'HaloEnvironment',
  'Which Halo Cloud the facade asks.',
  {
    SANDBOX: 'The local one, with invented practices that can be broken on purpose.',
    STAGING: "Halo Connect's staging environment.",
    PRODUCTION: 'Real practices and real patients.',
  },
);

builder.objectType(ViewerRef, {
  description: 'Who the facade thinks you are, and the practices and sites that you may read.',
  fields: (t) => ({
    id: t.id({
      nullable: false,
      description:
        'A key for caches: the same for every request with your credential. `node` does not find it.',
      resolve: ({ caller }) => encodeGlobalID('Viewer', encodeURIComponent(caller.name)),
    }),
    name: t.string({
      nullable: false,
      description: 'Name that belongs to your credential.',
      resolve: ({ caller }) => caller.name,
    }),
    scopes: t.stringList({
      nullable: { list: false, items: false },
      description: 'What your credential allows.',
      resolve: ({ caller }) => caller.scopes,
    }),
    practices: t.field({
      type: [PracticeRef],
      nullable: { list: false, items: false },
      description:
        'Practices that you may ask for, from your credential and the registry of the facade; Halo Cloud has no such list. Those that cannot be found now are left out.',
      resolve: viewerPractices,
    }),
    environment: t.field({
      type: HaloEnvironmentEnum,
      nullable: false,
      description: 'Which Halo Cloud the facade asks.',
      resolve: ({ environment }) => environment.toUpperCase() as Uppercase<HaloEnvironment>,
    }),
  }),
});

builder.queryField('viewer', (t) =>
  t.field({
    type: ViewerRef,
    nullable: false,
    description: 'Who the facade thinks you are, and what you may ask for.',
    resolve: (_root, _args, context) => context,
  }),
);
