import { describe, expect, it } from 'vitest';
import { tokenize } from '../../../sandbox/sql/tokens.ts';

const values = (sql: string) => tokenize(sql).map(({ kind, value }) => `${kind}:${value}`);

describe('T-SQL tokens', () => {
  it('keeps what stands in quotes as it is', () => {
    expect(values('SELECT \'it\'\'s -- [x] /* @y */\' , [a]]b], "c""d"')).toEqual([
      'word:SELECT',
      "text:it's -- [x] /* @y */",
      'symbol:,',
      'name:a]b',
      'symbol:,',
      'name:c"d',
      'end:',
    ]);
  });

  it('distinguishes Unicode literals', () => {
    expect(tokenize("N'Zoë' 'Zoe' n")).toMatchObject([
      { kind: 'text', value: 'Zoë', unicode: true },
      { kind: 'text', value: 'Zoe', unicode: false },
      { kind: 'word', value: 'n' },
      { kind: 'end' },
    ]);
  });

  it('drops comments, nested ones too', () => {
    expect(values('1 -- one ; DROP\n/* a /* b */ c */ 2.5e3')).toEqual(['number:1', 'number:2.5e3', 'end:']);
  });

  it('reads variables and operators', () => {
    expect(values('@a<>@b>=1')).toEqual([
      'variable:@a',
      'symbol:<>',
      'variable:@b',
      'symbol:>=',
      'number:1',
      'end:',
    ]);
  });

  it.each([
    ["SELECT 'open", 105],
    ['SELECT [open', 105],
    ['SELECT 1 /* open', 113],
    ['SELECT {1}', 102],
  ])('refuses %s with %i', (sql, number) => {
    expect(() => tokenize(sql)).toThrow(expect.objectContaining({ number }));
  });
});
