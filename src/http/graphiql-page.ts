/** GraphiQL, whole from the package and from no CDN, with two of its faults mended. */
import type { GraphiQLOptions } from 'graphql-yoga';

/**
 * Of several tabs GraphiQL shows the query of the first, but takes its variables and headers from what the browser has
 * stored, which is nothing on a first visit: it could not be run until another tab had been looked at. And tabs can be
 * dragged: once the page has settled, a tab that is pressed jumps aside and misses its click. They stay in place instead.
 */
export async function graphiqlPage(options?: GraphiQLOptions): Promise<string> {
  // 9 MB that most processes never send.
  const { renderGraphiQL } = await import('@graphql-yoga/render-graphiql');
  const mended = `${steadyTabs}${firstVisit(options)}</head>`;
  return renderGraphiQL(options).replace('</head>', () => mended);
}

const steadyTabs = '<style>.graphiql-tab { transform: none !important }</style>';

function firstVisit({ defaultTabs: [first] = [] }: GraphiQLOptions = {}): string {
  if (!first) return '';
  const { variables, headers } = first;
  const stored = JSON.stringify({ variables, headers }).replaceAll('<', '\\u003c');
  return `<script>
  if (!localStorage.getItem('graphiql:tabState'))
    for (const [name, value] of Object.entries(${stored})) localStorage.setItem('graphiql:' + name, value);
</script>`;
}
