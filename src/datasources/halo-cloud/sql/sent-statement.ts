import type { SqlStatement } from '../practice-connection.ts';

interface EncodedText {
  readonly text: string;
  readonly json: string;
}

const maxTexts = 256;
const maxTextLength = 8_192;
/**
 * JSON of statement texts, by their length. The same few texts are built again for each request. Hashing such a text as a key
 * takes as long as encoding it; comparing it with another text is much faster.
 */
const encodedTexts = new Map<number, EncodedText>();

/** The body of an immediate query: a reader command with input parameters. */
export function statementBody({ text, parameters }: SqlStatement): string {
  let list = '';
  for (const { name, type, value, size } of parameters) {
    if (list !== '') list += ',';
    list += `{"name":${JSON.stringify(name)},"direction":"input","type":"${type}","value":${JSON.stringify(value)}${size === undefined ? '' : `,"size":${size}`}}`;
  }
  return `{"command":{"text":${asJson(text)},"type":"text","executionMode":"reader","parameters":[${list}]}}`;
}

function asJson(text: string): string {
  if (text.length > maxTextLength) return JSON.stringify(text);
  const known = encodedTexts.get(text.length);
  if (known?.text === text) return known.json;
  const json = JSON.stringify(text);
  if (encodedTexts.size >= maxTexts) encodedTexts.clear();
  encodedTexts.set(text.length, { text, json });
  return json;
}
