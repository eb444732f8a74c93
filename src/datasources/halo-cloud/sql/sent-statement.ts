import type { SqlStatement } from '../practice-connection.ts';

/** The body of a call, encoded. */
export interface StatementBody {
  readonly contentType: 'application/json';
  /** The statement, and the parameters: together they identify the body. */
  readonly start: string;
  readonly text: string;
  readonly bytes: Buffer;
}

/** The beginning of a body, up to its parameters. */
interface Head {
  readonly text: string;
  readonly bytes: Buffer;
}

const maxTexts = 256;
const maxTextLength = 8_192;
/**
 * Encoded heads by the length of the statement's text, because the same few statements are sent again and again. A Map with
 * the text as its key would hash the text, which takes as long as encoding it. Comparing two texts is much faster.
 */
const heads = new Map<number, Head>();

/**
 * The body of an immediate query: a reader command with input parameters.
 * @param maxQueueMs maximum time in Halo Cloud's queue. @default Halo Cloud's own
 */
export function statementBody({ text, parameters }: SqlStatement, maxQueueMs?: number): StatementBody {
  const { text: start, bytes: head } = headOf(text);
  let list = '';
  for (const { name, type, value, size } of parameters) {
    if (list !== '') list += ',';
    // Names come from the code of the statement, never from a caller: they have nothing to escape.
    list += `{"name":"${name}","direction":"input","type":"${type}","value":${JSON.stringify(value)}${size === undefined ? '' : `,"size":${size}`}}`;
  }
  const rest = `${list}]}${maxQueueMs === undefined ? '' : `,"maxTimeInQueue":${maxQueueMs}`}}`;
  // Not from the pool: a body that is kept with its statement would keep the whole pool in memory.
  const bytes = Buffer.allocUnsafeSlow(head.length + Buffer.byteLength(rest));
  bytes.set(head);
  bytes.write(rest, head.length);
  return { contentType: 'application/json', start, text: rest, bytes };
}

function headOf(text: string): Head {
  const known = heads.get(text.length);
  if (known?.text === text) return known;
  const command = `"text":${JSON.stringify(text)},"type":"text","executionMode":"reader"`;
  const head = { text, bytes: Buffer.from(`{"command":{${command},"parameters":[`) };
  if (text.length > maxTextLength) return head;
  if (heads.size >= maxTexts) heads.clear();
  heads.set(text.length, head);
  return head;
}
