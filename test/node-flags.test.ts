import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { nodeFlags } from '../src/node-flags.ts';

it('F4: npm start runs the server with the declared flags', () => {
  const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: { start: string } };
  expect(scripts.start).toBe(['node', ...nodeFlags, 'dist/src/main.js'].join(' '));
});
