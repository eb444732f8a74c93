import { builder } from '../builder/builder.ts';
import { AddressRef } from '../refs.ts';

builder.objectType(AddressRef, {
  description: 'An address, as the practice recorded it.',
  fields: (t) => ({
    line1: t.exposeString('line1', { description: 'First line: number and street; null if empty.' }),
    line2: t.exposeString('line2', { description: 'Second line; null if empty.' }),
    suburb: t.exposeString('suburb', { description: 'Suburb or town; null if empty.' }),
    postcode: t.exposeString('postcode', {
      description: 'Postcode as text, four digits in Australia; null if empty.',
    }),
    state: t.exposeString('state', {
      description: 'Abbreviation of the state or territory, such as NSW; null if it is not known.',
    }),
    country: t.exposeString('country', {
      description: 'Country; null if empty, which usually means Australia.',
    }),
  }),
});
