import { describe, expect, it } from 'vitest';
import type { SqlStatement } from '../../../src/datasources/halo-cloud/practice-connection.ts';
import { statementBody } from '../../../src/datasources/halo-cloud/sql/sent-statement.ts';

const sent = (statement: SqlStatement) => statementBody(statement).bytes.toString('utf8');
const bodyOf = (text: string) => JSON.parse(sent({ text, parameters: [] })).command.text;

describe('statement as it is sent', () => {
  it('equals JSON.stringify of the command', () => {
    const text = 'SELECT "é"\n\u0000\\ \u2028 FROM t';
    const parameters = [
      { name: '@a', type: 'NVarChar', value: 'O"Invented\n\ud800' },
      { name: '@b', type: 'Int', value: null },
    ] as const;
    const command = {
      text,
      type: 'text',
      executionMode: 'reader',
      parameters: parameters.map(({ name, type, value }) => ({ name, direction: 'input', type, value })),
    };
    for (let time = 0; time < 2; time += 1) {
      expect(sent({ text, parameters })).toBe(JSON.stringify({ command }));
    }
  });

  it('is never that of another text of the same length', () => {
    expect(['SELECT 1', 'SELECT 2', 'SELECT 1'].map(bodyOf)).toEqual(['SELECT 1', 'SELECT 2', 'SELECT 1']);
  });

  it('is right for more texts than the cache holds, and for longer ones', () => {
    const texts = [...Array.from({ length: 600 }, (_, n) => '"'.repeat(n)), '\n'.repeat(20_000)];
    expect(texts.map(bodyOf)).toEqual(texts);
  });

  it('is identified by its statement and its parameters', () => {
    const identity = (text: string, value: string) => {
      const { start, text: rest } = statementBody({ text, parameters: [{ name: '@a', type: 'Int', value }] });
      return `${start} ${rest}`;
    };
    expect(identity('SELECT 1', '1')).toBe(identity(['SELECT', '1'].join(' '), '1'));
    const others = [identity('SELECT 2', '1'), identity('SELECT 1', '2'), identity('SELECT 10', '1')];
    expect(others).not.toContain(identity('SELECT 1', '1'));
  });
});
