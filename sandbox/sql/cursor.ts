import { syntaxError } from './sql-server-error.ts';
import type { Token } from './tokens.ts';

/** Words that cannot be a bare column, table or alias name. */
const reserved = new Set(
  `ADD ALL ALTER AND ANY AS ASC BEGIN BETWEEN BY CASE CREATE CROSS DECLARE DELETE DESC DISTINCT DROP ELSE END ESCAPE EXCEPT EXEC
EXECUTE EXISTS FETCH FOR FROM FULL GO GRANT GROUP HAVING IF IN INNER INSERT INTERSECT INTO IS JOIN LEFT LIKE MERGE NOT NULL ON OPTION OR
ORDER OUTER OVER PERCENT PIVOT RETURN RIGHT SELECT SET SOME TABLE THEN TOP TRUNCATE UNION UPDATE USE VALUES WAITFOR WHEN WHERE WHILE
WITH`.split(/\s+/),
);

/** A place in the tokens, with what a recursive descent asks. `query` lets expressions hold whole queries. */
export class Cursor {
  readonly #tokens: readonly Token[];
  #at = 0;

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  peek(ahead = 0): Token {
    return this.#tokens[Math.min(this.#at + ahead, this.#tokens.length - 1)] ?? { kind: 'end', value: '' };
  }

  next(): Token {
    const token = this.peek();
    this.#at += 1;
    return token;
  }

  fail(): never {
    throw syntaxError(this.peek().value);
  }

  isWord(...words: readonly string[]): boolean {
    const token = this.peek();
    return token.kind === 'word' && words.includes(token.value.toUpperCase());
  }

  isSymbol(...symbols: readonly string[]): boolean {
    const token = this.peek();
    return token.kind === 'symbol' && symbols.includes(token.value);
  }

  /** Takes these words if all of them follow. */
  acceptWords(...words: readonly string[]): boolean {
    const follow = words.every((word, ahead) => {
      const token = this.peek(ahead);
      return token.kind === 'word' && token.value.toUpperCase() === word;
    });
    if (follow) this.#at += words.length;
    return follow;
  }

  acceptSymbol(symbol: string): boolean {
    const found = this.isSymbol(symbol);
    if (found) this.#at += 1;
    return found;
  }

  expectWords(...words: readonly string[]): void {
    if (!this.acceptWords(...words)) this.fail();
  }

  expectSymbol(symbol: string): void {
    if (!this.acceptSymbol(symbol)) this.fail();
  }

  isName(ahead = 0): boolean {
    const token = this.peek(ahead);
    return token.kind === 'name' || (token.kind === 'word' && !reserved.has(token.value.toUpperCase()));
  }

  expectName(): string {
    if (!this.isName()) this.fail();
    return this.next().value;
  }

  /** `a`, `a.b`, `a.b.c`, `a..c`; an omitted part is empty. */
  path(): string[] {
    const path = [this.expectName()];
    while (this.acceptSymbol('.')) {
      path.push(this.isSymbol('.') ? '' : this.acceptSymbol('*') ? '*' : this.expectName());
    }
    return path;
  }

  list<T>(item: () => T): T[] {
    const items = [item()];
    while (this.acceptSymbol(',')) items.push(item());
    return items;
  }
}
