/** Checks that hold for every complete response, for any request. */
import { expect } from 'vitest';

export interface Received {
  readonly status: number;
  readonly contentType: string | null;
  readonly text: string;
}

/** Stack frames, file paths and keys: no response and no log line may contain them. */
export const innards = /node_modules|node:internal|file:\/\/|\n\s+at |\.[cm]?[jt]s:\d+/;
/** Answered without a body. */
const bare = new Set([204, 400, 404, 405, 406, 408, 413, 415, 417, 431]);

/** @param requested what was sent, for the message of a failed check */
export function expectSane({ status, contentType, text }: Received, requested: () => string): void {
  const insane = (why: string) =>
    expect.fail(`${why}: ${status} ${contentType} ${text.slice(0, 400)} for ${requested().slice(0, 3_000)}`);
  if (status < 200 || status >= 500) insane('status');
  if (text === '') {
    if (!bare.has(status) && !/HEAD|\/health/.test(requested())) insane('empty');
    return;
  }
  if (contentType?.startsWith('text/html')) {
    // GraphiQL: the same for everybody.
    if (status !== 200) insane('no page');
    return;
  }
  // The metrics name the code before it has occurred.
  if (/INTERNAL_SERVER_ERROR(?!"} 0$)/m.test(text)) insane('a bug');
  if (innards.test(text)) insane('innards');
  if (text.length > 1_000_000) insane('long');
  if (contentType?.startsWith('text/plain')) {
    // PUT reserves a stream: the body is its token.
    const isToken = status === 201 && /^[\da-f-]{36}$/.test(text) && requested().includes('PUT ');
    if (status !== 200 && !isToken && !requested().includes('/ready')) insane('not GraphQL');
    return;
  }
  for (const part of partsOf(contentType ?? '', text)) {
    const answer = JSON.parse(part);
    if (!('data' in answer) && !(Array.isArray(answer.errors) && answer.errors.length > 0))
      insane('no answer');
  }
}

function partsOf(contentType: string, text: string): readonly string[] {
  if (contentType.startsWith('text/event-stream')) {
    return text.split('\n').flatMap((line) => /^data: (.+)$/.exec(line)?.[1] ?? []);
  }
  if (contentType.startsWith('multipart/mixed'))
    return text.split('\r\n').filter((line) => line.startsWith('{'));
  return [text];
}
