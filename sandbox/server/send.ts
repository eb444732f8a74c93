import type { ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import type { Answer } from './answer.ts';
import type { Faults } from './faults.ts';

const json = { 'content-type': 'application/json; charset=utf-8' };

/** The headers of a response. */
export function headersOf({ body, stream, headers }: Answer): Readonly<Record<string, string>> {
  return { ...(body !== undefined || stream ? json : {}), ...headers };
}

/** Sends a response. A streamed one is sent as fast as it is read, and each sent chunk is reported. */
export async function send(
  response: ServerResponse,
  answer: Answer,
  faults: Faults,
  onPiece: (piece: string | Buffer) => void,
): Promise<void> {
  response.writeHead(answer.status, headersOf(answer));
  if (!answer.stream) {
    const body = answer.body === undefined ? '' : JSON.stringify(answer.body);
    onPiece(body);
    response.end(body);
    return;
  }
  const cut = faults.has('cut-stream');
  const pieces = async function* (source: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
    for await (const piece of source) {
      if (!cut) {
        onPiece(piece);
        yield piece;
      } else {
        yield piece.subarray(0, piece.length / 2);
        throw new Error('Cut on purpose.');
      }
    }
  };
  await pipeline(answer.stream(), pieces, response);
}
