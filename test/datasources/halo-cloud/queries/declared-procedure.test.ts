import { describe, expect, it } from 'vitest';
import { wireCommand } from '../../../../src/datasources/halo-cloud/sql/query-command.ts';
import { command, parameter } from './kit.ts';

interface Wire {
  readonly text: string;
  readonly type: string;
  readonly parameters: readonly { name: string; direction: string; type?: string; value?: string }[];
}
const wire = (...args: Parameters<typeof wireCommand>) => wireCommand(...args) as Wire;
const procedure = (...parameters: Parameters<typeof parameter>[0][]) =>
  command('dbo.BP_AddMessage', { type: 'storedProcedure', parameters: parameters.map(parameter) });

describe('a command on the wire', () => {
  it('contains the given fields and leaves the rest to Halo Cloud', () => {
    expect(
      wireCommand(
        command('SELECT @a', {
          parameters: [
            parameter({ name: '@a', type: null, value: null }),
            parameter({ name: '@b', direction: 'output', type: 'NVarChar', value: null, size: 40 }),
          ],
        }),
      ),
    ).toEqual({
      text: 'SELECT @a',
      type: 'text',
      executionMode: 'reader',
      parameters: [
        { name: '@a', direction: 'input', value: null },
        { name: '@b', direction: 'output', type: 'NVarChar', size: 40 },
      ],
    });
  });

  it.each([
    ['NVarChar', 'x'.repeat(4_000)],
    ['VarBinary', `0x${'ab'.repeat(8_000)}`],
    ['VarBinary', Buffer.alloc(8_000, 1).toString('base64')],
    ['VarBinary', `not bytes ${'!'.repeat(9_000)}`],
    ['VarChar', 'x'.repeat(9_000)],
  ])('stays a stored procedure: %s', (type, value) => {
    expect(wire(procedure({ name: '@message', type, value }))).toMatchObject({
      type: 'storedProcedure',
      text: 'dbo.BP_AddMessage',
      parameters: [{ name: '@message', value }],
    });
  });

  it('declares variables for long values of a stored procedure, and keeps its outputs', () => {
    const message = `${'x'.repeat(3_999)}😀${'y'.repeat(4_000)}`;
    const { text, type, parameters } = wire(
      procedure(
        { name: '@return', direction: 'returnValue', value: null },
        { name: '@user', value: '3' },
        { name: '@message', type: 'NVarChar', value: message },
        { name: '@id', direction: 'output', value: null },
      ),
    );
    expect(type).toBe('text');
    expect(text).toBe(
      [
        'DECLARE @message NVarChar(MAX) = CAST(@part_2 AS NVarChar(MAX)) + @part_3 + @part_4;',
        'EXEC @return = dbo.BP_AddMessage @user = @user, @message = @message, @id = @id OUTPUT;',
      ].join('\n'),
    );
    const parts = parameters.filter(({ name }) => name.startsWith('@part_'));
    expect(parts.map(({ value }) => value).join('')).toBe(message);
    for (const { value, direction } of parts) {
      expect(value?.length).toBeLessThanOrEqual(4_000);
      expect(value?.isWellFormed()).toBe(true);
      expect(direction).toBe('input');
    }
    expect(parameters.filter(({ direction }) => direction === 'output').map(({ name }) => name)).toEqual([
      '@return',
      '@id',
    ]);
  });

  it.each([
    ['hexadecimal', (bytes: Buffer) => `0x${bytes.toString('hex')}`],
    ['base64', (bytes: Buffer) => bytes.toString('base64')],
  ])('carries bytes over in parts, from %s', (_how, written) => {
    const bytes = Buffer.from(Array.from({ length: 9_001 }, (_, index) => index % 256));
    const { text, parameters } = wire(
      procedure({
        name: '@file',
        type: 'VarBinary',
        value: written(bytes),
        direction: 'inputOutput',
        size: -1,
      }),
    );
    expect(text).toBe(
      'SET @file = CONVERT(VARBINARY(MAX), CAST(@part_0 AS VarChar(MAX)) + @part_1 + @part_2, 1);\n' +
        'EXEC dbo.BP_AddMessage @file = @file OUTPUT;',
    );
    expect(parameters[0]).toEqual({ name: '@file', direction: 'output', type: 'VarBinary', size: -1 });
    const hex = parameters
      .slice(1)
      .map(({ value }) => value)
      .join('');
    expect(Buffer.from(hex.slice(2), 'hex').equals(bytes)).toBe(true);
  });

  it("takes no name that is the caller's", () => {
    const { parameters } = wire(
      procedure({ name: '@Part_1' }, { name: '@message', type: 'NVarChar', value: 'x'.repeat(4_001) }),
    );
    expect(parameters.map(({ name }) => name)).toEqual(['@Part_1', '@part__1', '@part__2']);
  });
});
