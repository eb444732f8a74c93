import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { nodeFlags } from '../src/node-flags.ts';
import { earlyFlags } from '../src/optimise-early.ts';

it('F4: npm start and npm run dev run the server with the declared flags', () => {
  const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as {
    scripts: { start: string; dev: string };
  };
  expect(scripts.start).toBe(['node', ...nodeFlags, 'dist/src/main.js'].join(' '));
  expect(scripts.dev).toBe(['tsx watch', ...nodeFlags, 'src/main.ts'].join(' '));
});

it('F4: no page starts the server without the flags', () => {
  const pages = ['README.md', ...readdirSync('docs').map((name) => `docs/${name}`)].filter((path) =>
    path.endsWith('.md'),
  );
  const starts = pages.flatMap((path) =>
    [...readFileSync(path, 'utf8').matchAll(/^.*\bnode .*dist\/src\/.*$/gm)].map(([line]) => line),
  );
  expect(starts.length).toBeGreaterThan(0);
  for (const line of starts) expect(line).toMatch(/dist\/src\/cli\/main\.js /);
});

it('the flags to optimise early are set exactly where V8 has an interrupt budget, and it has each of them', () => {
  const options = execFileSync(process.execPath, ['--v8-options'], { encoding: 'utf8' });
  const names = [...options.matchAll(/^\s+(--[a-z-]+) \(/gm)].map(([, name]) => name);
  expect(earlyFlags.length > 0).toBe(names.includes('--interrupt-budget'));
  expect(earlyFlags.map((flag) => flag.split('=')[0]).filter((name) => !names.includes(name))).toEqual([]);
});
