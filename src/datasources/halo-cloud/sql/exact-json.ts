import { Tokenizer, TokenParser } from '@streamparser/json';
import { ResultTooLarge } from '../../../errors.ts';
import { MalformedResponse } from '../transport/malformed-response.ts';

/** A number with more digits than a double has: JSON.parse would round such a BIGINT or DECIMAL. */
const longNumber = /[:[,]\s*-?\d[\d.]{15,}/;

/** Like JSON.parse, but numbers that it would round stay strings. Throws SyntaxError or MalformedResponse. */
export function exactJson(text: string): unknown {
  if (!longNumber.test(text)) return JSON.parse(text);
  const parser = jsonParser();
  parser.write(text);
  return parser.end();
}

/**
 * Parses a JSON body while it arrives, so the whole body is never in memory. Numbers as in `exactJson`. Throws
 * ResultTooLarge above `maxBytes`, and MalformedResponse when the body is not JSON.
 */
export async function parseJsonStream(body: AsyncIterable<Uint8Array>, maxBytes: number): Promise<unknown> {
  const parser = jsonParser();
  let size = 0;
  for await (const chunk of body) {
    size += chunk.byteLength;
    if (size > maxBytes) throw new ResultTooLarge({ detail: `a page of more than ${maxBytes} bytes` });
    parser.write(chunk);
  }
  return parser.end();
}

class ExactTokenizer extends Tokenizer {
  protected override parseNumber(text: string): number {
    return exactNumber(text) as number;
  }
}

function jsonParser() {
  const tokenizer = new ExactTokenizer();
  const values = new TokenParser({ paths: ['$'] });
  let found: { readonly value: unknown } | undefined;
  values.onValue = ({ value }) => {
    found = { value };
  };
  tokenizer.onToken = values.write.bind(values);
  return {
    write: (input: Uint8Array | string) => orMalformed(() => tokenizer.write(input)),
    end(): unknown {
      orMalformed(() => {
        if (!tokenizer.isEnded) tokenizer.end();
        if (!values.isEnded) values.end();
      });
      if (!found) throw new MalformedResponse('empty');
      return found.value;
    },
  };
}

/** The parser's error is dropped, because its message quotes the text. */
function orMalformed(step: () => void): void {
  try {
    step();
  } catch {
    throw new MalformedResponse('not JSON');
  }
}

/** A number with an exponent is a FLOAT, which is a double already. */
function exactNumber(text: string): number | string {
  const number = Number(text);
  if (/e/i.test(text) || String(number) === text) return number;
  const whole = text.includes('.') ? text.replace(/\.?0+$/, '') : text;
  const digits = whole.replace(/[-.]/g, '').replace(/^0+/, '');
  return digits.length <= 15 ? number : text;
}
