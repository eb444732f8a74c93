import * as prices from '../../price/read-prices.ts';
import { pairSite } from '../../resolvers/site/pair-site.ts';
import { builder } from '../builder/builder.ts';
import { PairSiteResult } from '../write-results.ts';
import { PracticeManagementSystem } from './pms.ts';

const PairSiteInput = builder.inputType('PairSiteInput', {
  description: 'The practice to pair with.',
  fields: (t) => ({
    pmsSiteId: t.id({
      required: true,
      description: 'The PMS id of the practice: for Bp Premier its Bp Site ID.',
    }),
    pms: t.field({
      type: PracticeManagementSystem,
      required: true,
      defaultValue: 'BEST_PRACTICE',
      description: 'The practice management system that the id belongs to.',
    }),
    pairingCode: t.string({
      description:
        'The code that the practice generates in Bp Premier for this integrator. Required for Bp Premier. Zedmed and Dental4Windows have none.',
    }),
  }),
});

builder.mutationFields((t) => ({
  pairSite: t.field({
    type: PairSiteResult,
    authScopes: { scopes: ['sites:pair', 'sites:read'] },
    nullable: false,
    description:
      "Pairs this API's subscription with a practice, so that its data can be read. A code that is wrong or already used is `InvalidInput`. Cost: no charged call.",
    args: {
      input: t.arg({
        type: PairSiteInput,
        required: true,
        description: 'The practice and its pairing code.',
      }),
    },
    price: prices.site,
    resolve: pairSite,
  }),
}));
