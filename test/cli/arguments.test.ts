import { expect, it } from 'vitest';
import { readCommand, UsageError } from '../../src/cli/arguments.ts';

it.each([
  [['check'], { name: 'check', bpSiteId: undefined, json: false }],
  [['check', '1001'], { name: 'check', bpSiteId: '1001', json: false }],
  [['check', '--json', ' 1001 '], { name: 'check', bpSiteId: '1001', json: true }],
  [['schema'], { name: 'schema' }],
  [['start'], { name: 'start' }],
  [['help'], { name: 'help' }],
  [['check', '-h'], { name: 'help' }],
  [['--help'], { name: 'help' }],
])('reads %j', (args, command) => {
  expect(readCommand(args)).toEqual(command);
});

it.each([
  [[]],
  [['frobnicate']],
  [['check', '1001', '1002']],
  [['check', ' ']],
  [['check', '--jsn']],
  [['schema', '1001']],
  [['start', '--json']],
])('refuses %j', (args) => {
  expect(() => readCommand(args)).toThrow(UsageError);
});
