import { describe, expect, it } from 'vitest';
import { exactJson, parseJsonStream } from '../../../../src/datasources/halo-cloud/sql/exact-json.ts';
import { failureOf } from '../kit.ts';

async function* inPieces(bytes: Uint8Array, size: number) {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

describe('a body that is parsed as it arrives', () => {
  const rows = [
    { ID: 1, NAME: 'Žofie Ólafsdóttir 😀 synthetic', NOTE: 'a "quoted" \\ \u0007 text', none: null },
    { ID: 2, NAME: '電話', rate: -1.25e-3, yes: true, list: [{ deep: [[]] }] },
  ];
  const bytes = Buffer.from(`\uFEFF${JSON.stringify(rows, null, 1)}\n`, 'utf8');

  it.each([1, 2, 3, 7, 64, 100_000])('in pieces of %i bytes, wherever they are cut', async (size) => {
    expect(await parseJsonStream(inPieces(bytes, size), 10_000)).toEqual(rows);
  });

  it.each(['', '[1', '[1] x', '{"a":}', '<html>', '[{"a":1}}'])('is malformed: %s', async (text) => {
    const failure = await failureOf(parseJsonStream(inPieces(Buffer.from(text), 2), 10_000));
    expect(failure.name).toBe('MalformedResponse');
    expect(failure.message).not.toContain('html');
  });

  it('is aborted above the limit', async () => {
    let read = 0;
    async function* endless() {
      for (;;) {
        read += 1;
        yield Buffer.from(read === 1 ? '["' : 'xxxxxxxxxx');
      }
    }
    expect(await failureOf(parseJsonStream(endless(), 100))).toMatchObject({ code: 'RESULT_TOO_LARGE' });
    expect(read).toBeLessThan(20);
  });
});

describe('numbers', () => {
  it.each([
    ['9007199254740991', 9007199254740991],
    ['9007199254740993', '9007199254740993'],
    ['-12345678901234567890', '-12345678901234567890'],
    ['0.30000000000000004', 0.30000000000000004],
    ['123456789012345.6789', '123456789012345.6789'],
    ['100.0000000000000000', 100],
    ['1.7976931348623157E+308', 1.7976931348623157e308],
    ['12.5', 12.5],
  ])('%s keeps its digits', async (text, value) => {
    const json = `[{"n":${text},"s":"8003600000000000"}]`;
    expect(exactJson(json)).toEqual([{ n: value, s: '8003600000000000' }]);
    expect(await parseJsonStream(inPieces(Buffer.from(json), 3), 1_000)).toEqual([
      { n: value, s: '8003600000000000' },
    ]);
  });
});
