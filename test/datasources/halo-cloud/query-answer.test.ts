import { describe, expect, it } from 'vitest';
import { decodeRows } from '../../../src/datasources/halo-cloud/sql/rows.ts';
import { parseQueryAnswer } from '../../../src/engine/rows/query-answer.ts';
import { Utf8Text } from '../../../src/engine/rows/utf8-text.ts';

const rows = Array.from({ length: 100 }, (_, id) => ({
  id,
  name: `Invented Nämé ${id}`,
  note: 'x'.repeat(60),
}));
const base64 = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64');
const data = base64(rows);
const envelope = (text: unknown) => ({
  status: 'successful',
  result: { rows: 100, size: data.length, data: text },
});

const decoded = (value: unknown) => new Utf8Text(Buffer.from(JSON.stringify(value)).toString('latin1'));

/** The rows of a body, or that it is not JSON. */
function rowsOf(text: string | Buffer, parse: (body: Buffer) => unknown): unknown {
  const body = Buffer.from(text as string);
  try {
    const answer = parse(body) as { result?: { data?: unknown } };
    return { ...answer, result: { ...answer.result, data: decodeRows({ data: answer.result?.data }) } };
  } catch (error) {
    return (error as Error).name;
  }
}
const plainly = (body: Buffer) => JSON.parse(body.toString());

describe('answer of a query', () => {
  it('has its data decoded already, and is otherwise what was sent', () => {
    const answer = parseQueryAnswer(Buffer.from(JSON.stringify({ id: 'é', ...envelope(data), more: [1] })));
    expect(answer).toEqual({ id: 'é', ...envelope(decoded(rows)), more: [1] });
  });

  it('decodes what is longer than the memory that it keeps', () => {
    const many = Array.from({ length: 600 }, () => rows).flat();
    expect(JSON.stringify(many).length).toBeGreaterThan(4 * 1024 * 1024);
    const answer = parseQueryAnswer(Buffer.from(JSON.stringify(envelope(base64(many)))));
    expect(answer).toEqual(envelope(decoded(many)));
    const cut = base64(many).slice(0, -5);
    expect(parseQueryAnswer(Buffer.from(JSON.stringify(envelope(cut))))).toEqual(envelope(cut));
  });

  it('keeps nothing of the answer before it', () => {
    const short = rows.slice(0, 60);
    for (const wanted of [rows, short, Array(2_000).fill(rows[0]), short]) {
      const body = JSON.stringify({ result: { data: base64(wanted) } });
      expect(rowsOf(body, parseQueryAnswer)).toEqual({ result: { data: wanted } });
    }
  });

  const written = JSON.stringify(envelope(data));
  const within = (change: (text: string) => string) => written.replace(data, change(data));
  it.each([
    ['short data', JSON.stringify(envelope(base64([{ id: 1 }])))],
    ['data without padding', within((text) => text.replace(/=+$/, ''))],
    ['data in lines, as JSON writes them', within((text) => text.replace(/.{76}/g, '$&\\n'))],
    ['data in raw lines', within((text) => text.replace(/.{76}/g, '$&\n'))],
    ['one raw control character', within((text) => `${text.slice(0, 50)}\u0001${text.slice(51)}`)],
    ['slashes escaped', within((text) => `${text.slice(0, 50)}\\/${text.slice(51)}`)],
    ['a stranger among the characters', within((text) => `${text.slice(0, 50)}é${text.slice(51)}`)],
    ['padding in the middle', within((text) => `${text.slice(0, 4_200)}QQ==${text.slice(4_200)}`)],
    ['an end that never comes', written.slice(0, -40)],
    ['something after its end', `${written}]`],
    ['a byte order mark', `\uFEFF${written}`],
    [
      'a byte order mark within',
      JSON.stringify(envelope(Buffer.from(`\uFEFF${JSON.stringify(rows)}`).toString('base64'))),
    ],
    [
      'data that is no JSON',
      JSON.stringify(envelope(Buffer.from(`[${'x'.repeat(9_000)}`).toString('base64'))),
    ],
    ['JSON that was not encoded', JSON.stringify(envelope(JSON.stringify(rows)))],
    ['data encoded twice', JSON.stringify(envelope(Buffer.from(data).toString('base64')))],
    ['more data than the limit', JSON.stringify(envelope(base64(Array(36_000).fill(rows[0]))))],
    ['rows as they are', JSON.stringify(envelope(rows))],
    ['data elsewhere', JSON.stringify({ data, ...envelope(base64([{ id: 1 }])) })],
    ['data twice', `{"result":{"data":"${data}","data":"${base64([{ id: 1 }])}"}}`],
    ['a result twice', `{"result":{"data":"${data}"},"result":{"data":"${base64([{ id: 1 }])}"}}`],
    ['a key that ends alike', `{"result":{"x\\"data":"${data}"}}`],
    ['no result', `{"data":"${data}"}`],
    ['a bare text', `"data":"${data}"`],
    ['null', 'null'.padEnd(5_000)],
    ['nothing', ''],
  ])('means with %s what JSON.parse finds', (what, text) => {
    const wanted = what === 'a byte order mark' ? rowsOf(written, plainly) : rowsOf(text, plainly);
    expect(rowsOf(text, parseQueryAnswer)).toEqual(wanted);
  });
});
