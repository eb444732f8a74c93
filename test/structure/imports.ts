/** Reads the imports of source files, and finds what breaks the order of folders and what goes in a cycle. */
import { readdirSync, readFileSync } from 'node:fs';
import { posix } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** One import: the file, and the file or package that it imports. Type imports count. */
export interface Import {
  readonly from: string;
  /** A path from the root of the project, or the name of a package. */
  readonly to: string;
}

/** An import that the order forbids, and why it stays. */
export interface Exception extends Import {
  readonly reason: string;
}

/** All imports of a folder's TypeScript files. Biome formats every import alike, so that an expression finds the specifiers. */
export function importsIn(folder: string): readonly Import[] {
  const names = readdirSync(posix.join(root, folder), { recursive: true, encoding: 'utf8' });
  return names
    .filter((name) => name.endsWith('.ts'))
    .flatMap((name) => {
      const from = `${folder}/${name}`;
      const text = readFileSync(posix.join(root, from), 'utf8');
      return specifiersIn(text).map((specifier) => ({ from, to: targetOf(from, specifier) }));
    });
}

export function specifiersIn(text: string): readonly string[] {
  const statements = /^(?:import|export)\b[^'"`;]*?'([^']+)';$|\bimport\(\s*'([^']+)'\s*\)/gm;
  return [...text.matchAll(statements)].map(([, statement, call]) => statement ?? call ?? '');
}

function targetOf(from: string, specifier: string): string {
  return specifier.startsWith('.') ? posix.join(posix.dirname(from), specifier) : specifier;
}

/**
 * Imports that the order forbids. A file may import its own place and those on earlier lines; places on one line do not
 * import each other. The longest place that matches a file is the file's own.
 */
export function wrongImports(
  imports: readonly Import[],
  order: readonly (readonly string[])[],
  exceptions: readonly Import[],
): readonly string[] {
  const lines = new Map(
    order.flatMap((places, line) => places.map((place): [string, number] => [`src/${place}`, line])),
  );
  const placeOf = (file: string): string | undefined => {
    for (let path = file; path !== '.'; path = posix.dirname(path)) if (lines.has(path)) return path;
    return undefined;
  };
  const wrong = imports.filter(({ from, to }) => {
    if (!to.startsWith('src/')) return false;
    if (exceptions.some((each) => each.from === from && each.to === to)) return false;
    const [own, other] = [placeOf(from), placeOf(to)];
    if (own === undefined || other === undefined) return true;
    return own !== other && (lines.get(other) ?? 0) >= (lines.get(own) ?? 0);
  });
  return wrong.map(textOf);
}

/** Files that import each other in a cycle: each cycle as one group, sorted. */
export function cyclesOf(imports: readonly Import[]): readonly (readonly string[])[] {
  const targets = new Map<string, Import[]>();
  for (const each of imports) targets.set(each.from, [...(targets.get(each.from) ?? []), each]);
  const index = new Map<string, number>();
  const stack: string[] = [];
  const cycles: string[][] = [];

  // Tarjan's strongly connected components.
  function visit(file: string): number {
    const own = index.size;
    let low = own;
    index.set(file, own);
    stack.push(file);
    for (const { to } of targets.get(file) ?? []) {
      if (!index.has(to)) low = Math.min(low, visit(to));
      else if (stack.includes(to)) low = Math.min(low, index.get(to) ?? low);
    }
    if (low === own) {
      const group = stack.splice(stack.indexOf(file));
      if (group.length > 1 || targets.get(file)?.some(({ to }) => to === file)) cycles.push(group.sort());
    }
    return low;
  }

  for (const file of targets.keys()) if (!index.has(file)) visit(file);
  return cycles;
}

export const textOf = ({ from, to }: Import): string => `${from} imports ${to}`;
