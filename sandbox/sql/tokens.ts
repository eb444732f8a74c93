import { SqlServerError, syntaxError } from './sql-server-error.ts';

export interface Token {
  /** `word`: a bare name or keyword. `name`: [bracketed] or "quoted". `binary`: 0x and its digits. `text`: a string literal, `unicode` when N'..'. */
  readonly kind: 'word' | 'name' | 'text' | 'number' | 'binary' | 'variable' | 'symbol' | 'end';
  /** Without quotes, escapes undone. */
  readonly value: string;
  readonly unicode?: boolean;
}

const word = /[A-Za-z_#\u00C0-\u024F][\w#$@\u00C0-\u024F]*/y;
const binary = /0[xX][\da-fA-F]*/y;
const number = /(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?/y;
const variable = /@@?[A-Za-z_][\w$#@]*/y;
const symbol = /<>|<=|>=|!=|!<|!>|[-+*/%=<>(),.;]/y;
const closing: Readonly<Record<string, string>> = { "'": "'", '"': '"', '[': ']' };

/** Reads a quoted token. A doubled closing quote means the quote itself. */
function quoted(sql: string, start: number): { value: string; end: number } {
  const open = sql[start] ?? '';
  const close = closing[open] ?? open;
  let value = '';
  for (let at = start + 1; at < sql.length; at += 1) {
    if (sql[at] !== close) value += sql[at];
    else if (sql[at + 1] === close) {
      value += close;
      at += 1;
    } else return { value, end: at + 1 };
  }
  throw new SqlServerError(
    105,
    `Unclosed quotation mark after the character string '${value.slice(0, 40)}'.`,
  );
}

/** Behind blanks and comments; block comments nest, as T-SQL's do. */
function skipBlanks(sql: string, start: number): number {
  let at = start;
  for (;;) {
    while (/\s/.test(sql[at] ?? '')) at += 1;
    if (sql.startsWith('--', at)) {
      const line = sql.indexOf('\n', at);
      at = line < 0 ? sql.length : line + 1;
    } else if (sql.startsWith('/*', at)) {
      let depth = 1;
      at += 2;
      while (depth > 0) {
        if (at >= sql.length) throw new SqlServerError(113, "Missing end comment mark '*/'.");
        if (sql.startsWith('*/', at)) depth -= 1;
        else if (sql.startsWith('/*', at)) depth += 1;
        else {
          at += 1;
          continue;
        }
        at += 2;
      }
    } else return at;
  }
}

function match(pattern: RegExp, sql: string, at: number): string | undefined {
  pattern.lastIndex = at;
  return pattern.exec(sql)?.[0];
}

/** T-SQL cut into tokens, an `end` token last. Throws SqlServerError 102, 105 or 113. */
export function tokenize(sql: string): Token[] {
  const tokens: Token[] = [];
  let at = skipBlanks(sql, 0);
  while (at < sql.length) {
    const character = sql[at] ?? '';
    const unicode = /n/i.test(character) && sql[at + 1] === "'";
    if (character in closing || unicode) {
      const { value, end } = quoted(sql, unicode ? at + 1 : at);
      const isText = unicode || character === "'";
      tokens.push(isText ? { kind: 'text', value, unicode } : { kind: 'name', value });
      at = end;
    } else {
      const kinds = [
        ['variable', variable],
        ['binary', binary],
        ['number', number],
        ['word', word],
        ['symbol', symbol],
      ] as const;
      const found = kinds
        .map(([kind, pattern]) => ({ kind, value: match(pattern, sql, at) }))
        .find(({ value }) => value);
      if (!found?.value) throw syntaxError(character);
      tokens.push({ kind: found.kind, value: found.value });
      at += found.value.length;
    }
    at = skipBlanks(sql, at);
  }
  tokens.push({ kind: 'end', value: '' });
  return tokens;
}
