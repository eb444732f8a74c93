/** The small Relay project of this folder, compiled by `relay-compiler` in a temporary folder. */
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url));

export interface RelayArtifacts {
  load<T>(name: string): Promise<T>;
  remove(): void;
}

export function compileRelayProject(): RelayArtifacts {
  const folder = mkdtempSync(join(tmpdir(), 'halo-relay-'));
  for (const name of ['operations', 'live']) cpSync(at(`relay/${name}.ts`), join(folder, `src/${name}.js`));
  cpSync(at('../../schema.graphql'), join(folder, 'schema.graphql'));
  mkdirSync(join(folder, 'made'));
  cpSync(at('relay/relay.config.json'), join(folder, 'relay.config.json'));
  execFileSync(process.execPath, [at('../../node_modules/relay-compiler/cli.js'), 'relay.config.json'], {
    cwd: folder,
    stdio: 'pipe',
  });
  return {
    async load<T>(name: string) {
      const text = readFileSync(join(folder, 'made', `${name}.graphql.js`), 'utf8');
      // A refetchable fragment names the query that reads it again; nothing here follows that.
      const alone = text
        .replace(/^import .*$/gm, 'const operationsBookPageQuery_graphql = undefined;')
        .replace(/require\([^)]*\)/g, 'undefined');
      const module = (await import(`data:text/javascript,${encodeURIComponent(alone)}`)) as { default: T };
      return module.default;
    },
    remove: () => rmSync(folder, { recursive: true }),
  };
}
