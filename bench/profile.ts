/** CPU profile of the facade on the day book at 0 ms upstream delay: `npm run bench -- --profile`. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { SourceMap } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Bench } from './bench.ts';
import { startFacade } from './facade.ts';
import { firstAnswer } from './server.ts';

interface CpuProfile {
  readonly nodes: readonly {
    readonly id: number;
    readonly children?: readonly number[];
    /** Lines and columns count from 0. */
    readonly callFrame: {
      readonly functionName: string;
      readonly url: string;
      readonly lineNumber: number;
      readonly columnNumber: number;
    };
  }[];
  readonly samples: readonly number[];
  readonly timeDeltas: readonly number[];
}

/** The hottest functions by self time, with their packages and files, as text. */
export async function profileDayBook(bench: Bench, seconds: number): Promise<string> {
  const flags = ['--cpu-prof', '--cpu-prof-interval=500', `--cpu-prof-dir=${bench.place}`];
  const facade = await startFacade(bench.upstream.url, bench.place, { flags });
  const sequences = bench.dayBooks(facade, 16);
  await firstAnswer(facade, sequences[0]?.[0] ?? '');
  await bench.round(facade, { connections: 16, seconds: 5, sequences });
  const {
    operations,
    seconds: took,
    cpuPerOperation,
  } = await bench.round(facade, { connections: 16, seconds, sequences });
  await facade.close();
  const file = readdirSync(bench.place).find((name) => name.endsWith('.cpuprofile')) ?? '';
  const profile = JSON.parse(readFileSync(join(bench.place, file), 'utf8')) as CpuProfile;
  return `${(operations / took).toFixed(0)} day books a second, 16 connections, 0 ms (profiled: slower than it is), ${cpuPerOperation.toFixed(2)} ms of CPU each\n\n${hottest(profile, took)}`;
}

/** The profile of the last seconds, without the start of the server. */
function hottest({ nodes, samples, timeDeltas }: CpuProfile, seconds: number): string {
  const labels = new Map(nodes.map(({ id, callFrame }) => [id, labelOf(callFrame)]));
  const parents = new Map(nodes.flatMap(({ id, children = [] }) => children.map((child) => [child, id])));
  const itself = new Map<string, number>();
  const withCalled = new Map<string, number>();
  const places = new Map<string, number>();
  let busy = 0;
  let left = timeDeltas.reduce((sum, delta) => sum + delta, 0) - seconds * 1e6;
  samples.forEach((id, index) => {
    const label = labels.get(id) ?? '';
    const time = timeDeltas[index] ?? 0;
    left -= time;
    if (left > 0 || label.startsWith('(idle)')) return;
    busy += time;
    add(itself, label, time);
    add(places, placeOf(label), time);
    const stack = new Set<string>();
    for (let at: number | undefined = id; at !== undefined; at = parents.get(at)) {
      stack.add(labels.get(at) ?? '');
    }
    for (const each of stack) add(withCalled, each, time);
  });
  const table = (title: string, times: Map<string, number>) =>
    `${title}:\n${[...times]
      .sort(([, a], [, b]) => b - a)
      .slice(0, 40)
      .map(([name, time]) => `${((100 * time) / busy).toFixed(1).padStart(5)} %  ${name}`)
      .join('\n')}\n`;
  return [
    table('Functions by what they take themselves', itself),
    table('Functions by what they take with all that they call', withCalled),
    table('Packages and files by what they take themselves', places),
  ].join('\n');
}

type Place = CpuProfile['nodes'][number]['callFrame'];

const sourceMaps = new Map<string, SourceMap | null>();

function labelOf(place: Place): string {
  const { file, line } = writtenAt(place);
  const short = file.replace(/^.*\/node_modules\//, 'node_modules/').replace(/^(\.\.\/)+/, '');
  return `${place.functionName || '(anonymous)'}  ${short === '' ? '(native)' : `${short}:${line + 1}`}`;
}

/** The original position of a function, before the build bundled the files. */
function writtenAt({ url, lineNumber, columnNumber }: Place): {
  readonly file: string;
  readonly line: number;
} {
  const entry = sourceMapOf(url)?.findEntry(lineNumber, columnNumber);
  if (!entry || !('originalSource' in entry)) return { file: url, line: lineNumber };
  return { file: entry.originalSource, line: entry.originalLine };
}

function sourceMapOf(url: string): SourceMap | null {
  const known = sourceMaps.get(url);
  if (known !== undefined) return known;
  const path = url.startsWith('file:') ? `${fileURLToPath(url)}.map` : '';
  const map = existsSync(path) ? new SourceMap(JSON.parse(readFileSync(path, 'utf8'))) : null;
  sourceMaps.set(url, map);
  return map;
}

/** The package of a function, or its file for our own code. */
function placeOf(label: string): string {
  const [, file = ''] = / {2}(.*?)(?::\d+)?$/.exec(label) ?? [];
  return file.replace(/^(node_modules\/(?:@[^/]+\/)?[^/]+).*/, '$1');
}

function add(times: Map<string, number>, name: string, time: number): void {
  times.set(name, (times.get(name) ?? 0) + time);
}
