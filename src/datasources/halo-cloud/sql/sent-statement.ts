import type { SqlStatement } from '../practice-connection.ts';

interface Written {
  readonly text: string;
  readonly json: string;
}

const maxTexts = 256;
const longestText = 8_192;
/**
 * Texts as JSON, by their length: the same few come again and again, each time put together anew, and to hash such a text
 * takes as long as to write it as JSON, while comparing it with another takes next to nothing.
 */
const written = new Map<number, Written>();

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
  if (text.length > longestText) return JSON.stringify(text);
  const known = written.get(text.length);
  if (known?.text === text) return known.json;
  const json = JSON.stringify(text);
  if (written.size >= maxTexts) written.clear();
  written.set(text.length, { text, json });
  return json;
}
