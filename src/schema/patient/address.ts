import { builder } from '../builder/builder.ts';
import { AddressRef } from '../refs.ts';

builder.objectType(AddressRef, {
  description: 'An address, as the practice has written it down.',
  fields: (t) => ({
    line1: t.exposeString('line1', { description: 'First line: number and street; null when empty.' }),
    line2: t.exposeString('line2', { description: 'Second line; null when empty.' }),
    suburb: t.exposeString('suburb', { description: 'Suburb or town; null when empty.' }),
    postcode: t.exposeString('postcode', {
      description: 'Postcode, four digits in Australia, as text; null when empty.',
    }),
    state: t.exposeString('state', {
      description: 'Abbreviation of the state or territory, such as NSW; null when it is not known.',
    }),
    country: t.exposeString('country', {
      description: 'Country; null when empty, which usually is Australia.',
    }),
  }),
});
