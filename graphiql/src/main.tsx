import { GraphiQL, HISTORY_PLUGIN } from 'graphiql';
import { createRoot } from 'react-dom/client';
import './workers.ts';
import '@graphiql/react/style.css';
import '@graphiql/plugin-doc-explorer/style.css';
import '@graphiql/plugin-history/style.css';
import 'graphiql/graphiql.css';
import './style.css';
import { CostPanel } from './cost-panel.tsx';
import { fetcher } from './fetcher.ts';
import { pageConfig } from './page-config.ts';
import { pageStorage } from './page-storage.ts';

const { tabs, environment } = pageConfig;
const storage = pageStorage(environment === 'sandbox' ? localStorage : sessionStorage);
// Of several tabs GraphiQL takes the variables and headers of the first from the storage, which is empty on a first visit.
const [first] = tabs;
const firstVisit = storage.getItem('graphiql:tabState') === null && first;

createRoot(document.getElementById('graphiql') as HTMLElement).render(
  <GraphiQL
    fetcher={fetcher}
    defaultTabs={[...tabs]}
    {...(firstVisit && { initialVariables: first.variables, initialHeaders: first.headers })}
    storage={storage}
    plugins={[HISTORY_PLUGIN]}
    shouldPersistHeaders={false}
    schemaDescription
    inputValueDeprecation
  >
    <GraphiQL.Logo>
      <span className="halo-logo">halo-graph</span>
    </GraphiQL.Logo>
    <GraphiQL.Footer>
      <CostPanel />
    </GraphiQL.Footer>
  </GraphiQL>,
);
