import { asText } from '../../lib/as-text.ts';
import { scratchBuffer } from './scratch-buffer.ts';
import { Utf8Text } from './utf8-text.ts';

const opening = Buffer.from('"data":"');
const quote = 0x22;
const brackets: ReadonlySet<number | undefined> = new Set([0x5b, 0x7b]);
/** For shorter responses JSON.parse is as fast. */
const worthwhileBytes = 2_048;
const placeholder = 'halo-graph: the data that stood here is decoded already';

/**
 * Parses the response to an immediate query like JSON.parse, but decodes a long `result.data` from base64 to a Utf8Text of JSON.
 * Almost the whole response is this one string, and JSON.parse would check and copy each character of it. Throws like
 * JSON.parse.
 */
export function parseQueryAnswer(body: Buffer): unknown {
  return (body.length >= worthwhileBytes ? withoutData(body) : undefined) ?? JSON.parse(asText(body));
}

/** Undefined if it is not certain that JSON.parse returns the same. */
function withoutData(body: Buffer): unknown {
  const found = body.indexOf(opening);
  if (found < 0) return undefined;
  const start = found + opening.length;
  const end = body.indexOf(quote, start);
  if (end - start < worthwhileBytes) return undefined;
  const data = decoded(body.toString('latin1', start, end));
  if (data === undefined) return undefined;
  const rest = `${body.toString('utf8', 0, start)}${placeholder}${body.toString('utf8', end)}`;
  const answer = parsed(rest);
  if (answer?.result?.data !== placeholder) return undefined;
  answer.result.data = data;
  return answer;
}

/**
 * The JSON text in base64. Undefined if the string contains anything else, such as a backslash. Buffer skips characters that
 * are not base64, so the result is then too short.
 */
function decoded(base64: string): Utf8Text | undefined {
  const padding = base64.endsWith('==') ? 2 : base64.endsWith('=') ? 1 : 0;
  const length = (base64.length / 4) * 3 - padding;
  const bytes = scratchBuffer(length);
  if (bytes.write(base64, 'base64') !== length || !brackets.has(bytes[0])) return undefined;
  return new Utf8Text(bytes.toString('latin1', 0, length));
}

function parsed(text: string): { result?: { data?: unknown } } | undefined {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
