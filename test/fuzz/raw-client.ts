/** Sends raw bytes to a server and parses its responses. */
import { connect } from 'node:net';
import type { Received } from './sane-answer.ts';

export interface Conversation {
  /** Sent one after another. */
  readonly pieces: readonly (string | Buffer)[];
  /** Whether the connection is cut after the last piece instead of being listened to. */
  readonly cut: boolean;
}

/** Resolves with the answers once the connection is closed. */
export async function converse(port: number, { pieces, cut }: Conversation): Promise<readonly Received[]> {
  const socket = connect({ port, host: '127.0.0.1', noDelay: true });
  const received: Buffer[] = [];
  const closed = new Promise((resolve) => socket.once('close', resolve));
  socket.on('data', (bytes) => received.push(bytes)).on('error', () => {});
  for (const piece of pieces) {
    if (socket.destroyed) break;
    socket.write(piece);
    await new Promise(setImmediate);
  }
  if (cut) socket.resetAndDestroy();
  else socket.end();
  await closed;
  return answersIn(Buffer.concat(received).toString('latin1'));
}

/** An incomplete response is ignored. Responses to HEAD are not supported. */
export function answersIn(bytes: string): readonly Received[] {
  const answers: Received[] = [];
  let rest = bytes;
  while (rest !== '') {
    const end = rest.indexOf('\r\n\r\n');
    const status = Number(/^HTTP\/1\.[01] (\d{3})/.exec(rest)?.[1]);
    if (end < 0 || Number.isNaN(status)) return answers;
    const head = rest.slice(0, end);
    const body = rest.slice(end + 4);
    const header = (name: string) => new RegExp(`^${name}: *(.*)$`, 'im').exec(head)?.[1]?.trim() ?? null;
    const taken = status === 100 ? { text: '', length: 0 } : bodyOf(body, header);
    if (!taken) return answers;
    if (status !== 100) {
      const text = Buffer.from(taken.text, 'latin1').toString();
      answers.push({ status, contentType: header('content-type'), text });
    }
    rest = body.slice(taken.length);
  }
  return answers;
}

function bodyOf(body: string, header: (name: string) => string | null) {
  const declared = header('content-length');
  if (declared !== null) {
    const length = Number(declared);
    return body.length < length ? undefined : { text: body.slice(0, length), length };
  }
  if (header('transfer-encoding') !== 'chunked') return { text: body, length: body.length };
  let text = '';
  let at = 0;
  for (;;) {
    const [line, size] = /^([\da-f]+)\r\n/i.exec(body.slice(at, at + 20)) ?? [];
    if (line === undefined || size === undefined) return undefined;
    const start = at + line.length;
    const length = Number.parseInt(size, 16);
    text += body.slice(start, start + length);
    at = start + length + 2;
    if (length === 0) return { text, length: at };
  }
}
