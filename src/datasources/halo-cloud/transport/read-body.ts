import { MalformedResponse } from './malformed-response.ts';

/** Reads a body. Over the limit it drops the connection and throws MalformedResponse. */
export async function readBody(body: AsyncIterable<Uint8Array>, limitBytes: number): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body) {
    size += chunk.byteLength;
    // The throw ends the loop, which destroys the stream and closes the socket.
    if (size > limitBytes) throw new MalformedResponse(`longer than ${limitBytes} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, size);
}
