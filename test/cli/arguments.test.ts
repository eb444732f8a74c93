import { expect, it } from 'vitest';
import { readArguments } from '../../src/cli/arguments.ts';
import { UsageError } from '../../src/cli/command.ts';
import { commands } from '../../src/cli/commands.ts';
import { usage, usageOf } from '../../src/cli/usage.ts';

it.each([
  [['check'], 'check', [], {}],
  [['check', '1001'], 'check', ['1001'], {}],
  [['check', '--json', '1001'], 'check', ['1001'], { json: true }],
  [['schema'], 'schema', [], {}],
  [['start'], 'start', [], {}],
  [['sandbox', '--port', '0'], 'sandbox', [], { port: '0' }],
  [['keys', 'app', '--scopes', 'a,b'], 'keys', ['app'], { scopes: 'a,b' }],
])('reads %j', (args, name, operands, values) => {
  expect(readArguments(args)).toEqual({ command: commands[name], input: { operands, values } });
});

it.each([
  [['help'], null],
  [['--help'], null],
  [['-h'], null],
  [['help', 'check'], 'check'],
  [['check', '-h'], 'check'],
  [['keys', '--help'], 'keys'],
])('reads %j as a request for help', (args, helpOf) => {
  expect(readArguments(args)).toEqual({ helpOf });
});

it.each([
  [[]],
  [['frobnicate']],
  [['toString']],
  [['help', 'frobnicate']],
  [['check', '1001', '1002']],
  [['check', '--jsn']],
  [['schema', '1001']],
  [['start', '--json']],
  [['sandbox', '--port']],
])('refuses %j', (args) => {
  expect(() => readArguments(args)).toThrow(UsageError);
});

it('part 6: the help names every command, and that of a command every option', () => {
  for (const [name, { options = {} }] of Object.entries(commands)) {
    expect(usage()).toMatch(new RegExp(`^  ${name} `, 'm'));
    const text = usageOf(name);
    expect(text).toContain(`Usage: halo-graph ${name}`);
    expect(text).toContain('Exit code');
    for (const option of Object.keys(options)) expect(text).toContain(`--${option}`);
    for (const line of text.split('\n')) expect(line.length).toBeLessThanOrEqual(140);
  }
});
