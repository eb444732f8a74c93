/** The code of a page of docs/clients, as the files that it names in its first line. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const packageFolder = fileURLToPath(new URL('../..', import.meta.url));
const root = join(packageFolder, '../..');

/** The compiler's options of Vite's template `react-ts`. */
const compilerOptions = {
  target: 'es2023',
  lib: ['es2023', 'dom', 'dom.iterable'],
  module: 'esnext',
  types: [],
  skipLibCheck: true,
  moduleResolution: 'bundler',
  allowImportingTsExtensions: true,
  verbatimModuleSyntax: true,
  moduleDetection: 'force',
  noEmit: true,
  jsx: 'react-jsx',
  strict: true,
  noUnusedLocals: true,
  noUnusedParameters: true,
  erasableSyntaxOnly: true,
  noFallthroughCasesInSwitch: true,
};

export function buildPackage(): void {
  run('npm', ['run', '--silent', 'build'], packageFolder);
}

/** Writes the files of a page of docs/clients, if there is one, into a folder where they find the built package. Returns the folder. */
export function extract(page: string): string {
  const folder = join(packageFolder, '.docs', page);
  rmSync(folder, { recursive: true, force: true });
  if (existsSync(join(root, `docs/clients/${page}.md`))) writeFiles(`docs/clients/${page}.md`, folder);
  mkdirSync(join(folder, 'node_modules'), { recursive: true });
  symlinkSync(packageFolder, join(folder, 'node_modules/halo-graph-client'));
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, include: ['src'] }));
  return folder;
}

/** Writes the files of a page into a folder. */
export function writeFiles(page: string, folder: string): void {
  const text = readFileSync(join(root, page), 'utf8');
  for (const [, name = '', code = ''] of text.matchAll(/^```\w+\n\/\/ (\S+)\n([\s\S]*?)^```$/gm)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), code);
  }
}

export function compileRelay(folder: string): void {
  mkdirSync(join(folder, 'src/__generated__'), { recursive: true });
  run(
    process.execPath,
    [join(packageFolder, 'node_modules/relay-compiler/cli.js'), 'relay.config.json'],
    folder,
  );
}

/** Generates typed operations with the `codegen.ts` of the folder, of an example operation. */
export function generate(folder: string, operation: string): void {
  writeFileSync(
    join(folder, 'src', operation),
    readFileSync(join(root, 'examples/operations', operation), 'utf8'),
  );
  run(join(root, 'node_modules/.bin/graphql-codegen'), [], folder);
}

/** What the compiler has against it; empty: nothing. */
export function typeErrors(folder: string): string {
  try {
    return run(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), '-p', folder], folder);
  } catch (error) {
    return (error as Error).message;
  }
}

function run(command: string, args: readonly string[], cwd: string): string {
  try {
    return execFileSync(command, args, { cwd, encoding: 'utf8', stdio: 'pipe' });
  } catch (error) {
    const { stdout = '', stderr = '' } = error as { stdout?: string; stderr?: string };
    throw new Error(`${command} ${args.join(' ')}: ${stdout}${stderr}`);
  }
}
