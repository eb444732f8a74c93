import { asText } from '../../lib/as-text.ts';
import { scratchBuffer } from './scratch-buffer.ts';

const opening = Buffer.from('"data":"');
const quote = 0x22;
const brackets: ReadonlySet<number | undefined> = new Set([0x5b, 0x7b]);
/** Below it JSON.parse is as fast. */
const worthwhileBytes = 2_048;
const placeholder = 'halo-graph: the data that stood here is decoded already';

/**
 * What JSON.parse gives of an immediate query's answer; but a long `result.data` stands there decoded, as the JSON text that
 * it is the base64 of. Nearly all of an answer is this one string, which JSON.parse would read letter by letter only to
 * copy it. Throws as JSON.parse does.
 */
export function parseQueryAnswer(body: Buffer): unknown {
  return (body.length >= worthwhileBytes ? withoutData(body) : undefined) ?? JSON.parse(asText(body));
}

/** Undefined where it is not certain that JSON.parse would find the same. */
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
 * The JSON text of base64 with nothing else in it: neither a backslash nor what JSON allows in no string. Buffer passes over
 * whatever is not base64: that leaves less than there should be.
 */
function decoded(base64: string): string | undefined {
  const padding = base64.endsWith('==') ? 2 : base64.endsWith('=') ? 1 : 0;
  const length = (base64.length / 4) * 3 - padding;
  const bytes = scratchBuffer(length);
  if (bytes.write(base64, 'base64') !== length || !brackets.has(bytes[0])) return undefined;
  return bytes.toString('utf8', 0, length);
}

function parsed(text: string): { result?: { data?: unknown } } | undefined {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
