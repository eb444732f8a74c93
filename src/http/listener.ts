import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { Stop } from '../lib/stop.ts';
import type { Log } from '../log.ts';
import { connectionClosed } from '../operation/connection-closed.ts';
import type { Operation } from '../operation/operation.ts';
import type { Pipeline } from '../operation/pipeline.ts';
import { paramsInJson } from '../operation/read-params.ts';
import type { AnswerPlain } from './answer-plain.ts';
import { maxBodyBytes, tooLarge } from './body.ts';
import type { CrossOrigin } from './cross-origin.ts';
import type { JsonResponse } from './json-response.ts';
import { nodeHeaders } from './node-headers.ts';
import { refusalText } from './refusal-text.ts';
import { onResponseEnd } from './response-end.ts';
import type { AnswerStream } from './streams/answer-stream.ts';
import type { Heartbeats } from './streams/heartbeats.ts';
import { singleConnection } from './streams/single-connection.ts';
import { writeStream } from './streams/write-stream.ts';

export interface ListenerOptions {
  readonly pipeline: Pipeline;
  /** Undefined: every request goes to `next`. */
  readonly plain: AnswerPlain | undefined;
  readonly stream: AnswerStream;
  readonly heartbeats: Heartbeats;
  readonly crossOrigin: CrossOrigin;
  /** Answers all other requests. */
  readonly next: (request: IncomingMessage, response: ServerResponse, operation: Operation) => Promise<void>;
  readonly log: Log;
}

export interface Listener extends RequestListener {
  /** Ends streams without an operation, and opens no new ones. */
  drain(): void;
}

/**
 * The listener for `node:http`. It owns the resources of a request, and releases them when the response is finished or the
 * connection is closed. After an exception it answers 500 or closes the connection. An exception never ends the process.
 */
export function createListener(options: ListenerOptions): Listener {
  const { pipeline, plain, stream, heartbeats, crossOrigin, next, log } = options;
  const failed = (response: ServerResponse, error: unknown) => fail(response, error, log);
  const single = singleConnection({ pipeline, heartbeats, crossOrigin, readJson: limitedJson, failed });

  /** Never rejects. */
  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    let operation: Operation | undefined;
    try {
      if (single.answer(request, response)) return;
      operation = open(pipeline, request, response);
      const read = isReadable(request) ? () => jsonIn(request) : undefined;
      const target = request.url ?? '';
      const answered = stream(operation, target, read) ?? (read && plain?.(operation, target, read));
      const answer = await answered;
      if (answer === undefined) await next(request, response, operation);
      else if ('results' in answer) await writeStream(response, answer, heartbeats);
      else send(response, answer);
    } catch (err) {
      fail(response, err, log);
    }
    try {
      if (operation) pipeline.close(operation);
    } catch (err) {
      fail(response, err, log);
    }
  }

  const listener: RequestListener = (request, response) => void answer(request, response);
  return Object.assign(listener, { drain: single.drain });
}

function open(pipeline: Pipeline, request: IncomingMessage, response: ServerResponse): Operation {
  const { method = '' } = request;
  const signal = new Stop();
  const operation = pipeline.open({ method, headers: nodeHeaders(request), signal });
  const end = () => {
    if (!response.writableFinished)
      signal.abort(new DOMException('The connection was closed.', 'AbortError'));
    operation.release();
  };
  onResponseEnd(request, response, end);
  return operation;
}

/** Whether the request has a body within the limit, judged by its headers. .NET sends chunks without a length. */
function isReadable({ headers }: IncomingMessage): boolean {
  if (headers['transfer-encoding'] !== undefined) return true;
  const length = Number(headers['content-length']);
  return length > 0 && length <= maxBodyBytes;
}

/** Reads and parses the body. Rejects with a Refusal. */
function jsonIn(request: IncomingMessage): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let bytes = 0;
    request.on('data', (chunk: Buffer) => {
      bytes += chunk.byteLength;
      if (bytes <= maxBodyBytes) return void chunks.push(chunk);
      chunks.length = 0;
      reject(tooLarge());
    });
    request.on('end', () => {
      if (bytes > maxBodyBytes) return;
      try {
        const [only] = chunks;
        const body = chunks.length === 1 && only ? only : Buffer.concat(chunks);
        resolve(paramsInJson(body.toString('utf8')));
      } catch (refusal) {
        reject(refusal);
      }
    });
    // Node emits an error when a request is aborted. Without a listener the error would end the process.
    request.on('error', ignore);
    request.on('close', () => {
      if (!request.readableEnded) reject(connectionClosed());
    });
  });
}

const ignore = () => {};

async function limitedJson(request: IncomingMessage): Promise<unknown> {
  return isReadable(request) ? jsonIn(request) : undefined;
}

/** A short body is written together with the headers. Copying a longer one costs more than a second buffer. */
const maxJoined = 16_384;

function send(response: ServerResponse, { status, headers, body }: JsonResponse): void {
  if (response.destroyed) return;
  const [only = ''] = body;
  if (body.length === 1 && only.length <= maxJoined) {
    const length = Buffer.byteLength(only);
    headers['content-length'] = String(length);
    response.writeHead(status, headers);
    // Node joins headers and body into one string. 'latin1' is written without a conversion.
    response.end(only, length === only.length ? 'latin1' : 'utf8');
    return;
  }
  const lengths = body.map((piece) => Buffer.byteLength(piece));
  const length = lengths.reduce((sum, each) => sum + each, 0);
  headers['content-length'] = String(length);
  response.writeHead(status, headers);
  if (body.length >= manyPieces && length <= maxCopied) return void response.end(joined(body, length));
  const last = body.length - 1;
  // 'ascii' and 'latin1' are faster than 'utf8' for pieces of ASCII text. Node joins a first piece in 'latin1' with the headers,
  // which costs less than a second piece if it is short.
  const encodingOf = (at: number) =>
    lengths[at] !== body[at]?.length ? 'utf8' : (lengths[at] ?? 0) <= maxJoined ? 'latin1' : 'ascii';
  if (last > 0) response.cork();
  for (let at = 0; at < last; at += 1) response.write(body[at], encodingOf(at));
  response.end(body[last], encodingOf(last));
}

/** A response with this many pieces is copied into one, unless it is long. Each piece costs as much as copying some kilobytes. */
const manyPieces = 16;
const maxCopied = 512 * 1024;

function joined(pieces: JsonResponse['body'], length: number): Buffer {
  const whole = Buffer.allocUnsafe(length);
  let at = 0;
  for (const piece of pieces) {
    if (typeof piece === 'string') at += whole.write(piece, at);
    else at += piece.copy(whole, at);
  }
  return whole;
}

/** Answers 500 after an exception, or closes the connection. Never throws: the log itself may have failed. */
function fail(response: ServerResponse, err: unknown, log: Log): void {
  try {
    if (!response.headersSent) response.writeHead(500, jsonHeaders).end(unexpected);
    else if (!response.writableEnded) response.destroy();
  } catch {
    response.destroy();
  }
  try {
    log.error({ err }, 'Unexpected error');
  } catch {
    // The log has failed too.
  }
}

const jsonHeaders = { 'content-type': 'application/json; charset=utf-8' };
const unexpected = refusalText('INTERNAL_SERVER_ERROR', 'Unexpected error.');
