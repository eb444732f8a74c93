import { Tokenizer, TokenParser } from '@streamparser/json';
import { ResultTooLarge } from '../../../errors.ts';
import { MalformedResponse } from '../transport/malformed-response.ts';

/** A number of more digits than a double has, outside of strings: a BIGINT or a DECIMAL that JSON.parse would round. */
const longNumber = /[:[,]\s*-?\d[\d.]{15,}/;

/** JSON.parse, but for numbers that it would round: those stay text. Throws SyntaxError or MalformedResponse. */
export function exactJson(text: string): unknown {
  if (!longNumber.test(text)) return JSON.parse(text);
  const parser = jsonParser();
  parser.write(text);
  return parser.end();
}

/**
 * Parses a JSON body while it arrives: neither its bytes nor its text are ever held whole. Numbers as `exactJson`.
 * Throws ResultTooLarge above `limitBytes`, and MalformedResponse for what is no JSON.
 */
export async function parseArriving(body: AsyncIterable<Uint8Array>, limitBytes: number): Promise<unknown> {
  const parser = jsonParser();
  let size = 0;
  for await (const chunk of body) {
    size += chunk.byteLength;
    if (size > limitBytes) throw new ResultTooLarge({ detail: `a page of more than ${limitBytes} bytes` });
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

/** The parser's own message quotes the text, and must not be seen. */
function orMalformed(step: () => void): void {
  try {
    step();
  } catch {
    throw new MalformedResponse('not JSON');
  }
}

/** With an exponent it is a FLOAT, and a double to begin with. */
function exactNumber(text: string): number | string {
  const number = Number(text);
  if (/e/i.test(text) || String(number) === text) return number;
  const whole = text.includes('.') ? text.replace(/\.?0+$/, '') : text;
  const digits = whole.replace(/[-.]/g, '').replace(/^0+/, '');
  return digits.length <= 15 ? number : text;
}
