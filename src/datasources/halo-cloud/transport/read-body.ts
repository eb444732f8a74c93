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

/** Decodes UTF-8 and removes a byte order mark. */
export function asText(bytes: Buffer): string {
  const text = bytes.toString('utf8');
  return text.startsWith('\uFEFF') ? text.slice(1) : text;
}
