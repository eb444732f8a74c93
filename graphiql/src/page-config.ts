import type { GraphiqlPageConfig } from '../../src/http/graphiql-page.ts';

/** What the server wrote into the page. */
export const pageConfig: GraphiqlPageConfig = JSON.parse(
  document.getElementById('page-config')?.textContent ?? '{"tabs":[],"environment":"production"}',
);
