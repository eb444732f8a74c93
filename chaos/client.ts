/** Queries the facade as an app does, and reduces each response to one word. */
import { readFileSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { buildSchema, isEnumType } from 'graphql';

export interface Answer {
  /** `OK`, an error code of the schema, or a fault: `HTTP 500`, `NO ANSWER`, `UNTYPED ...`. */
  readonly outcome: string;
  readonly retryable: boolean;
  readonly data: unknown;
}

export interface Client {
  execute(query: string, variables: object): Promise<Answer>;
  /** The text of `GET /metrics`. */
  metrics(): Promise<string>;
  close(): void;
}

const patienceMs = 60_000;
/** The client closes idle connections before the facade does: a request sent at that moment would be lost. */
const idleMs = 2_500;
const codes = closedSet();

/** Whether an outcome is a result, or a failure with a documented code. */
export const isTyped = (outcome: string): boolean => outcome === 'OK' || codes.has(outcome);

export function createClient(url: string, authorization: string): Client {
  const agent = new Agent({ keepAlive: true, timeout: idleMs });
  const send = (to: string | URL, body?: string): Promise<{ status: number; text: string }> =>
    new Promise((resolve, reject) => {
      const method = body === undefined ? 'GET' : 'POST';
      const headers = { authorization, 'content-type': 'application/json' };
      const sent = request(to, { method, agent, headers, timeout: patienceMs }, (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('error', reject);
        response.on('end', () =>
          resolve({ status: response.statusCode ?? 0, text: Buffer.concat(chunks).toString('utf8') }),
        );
      });
      sent.on('error', reject);
      sent.on('timeout', () => sent.destroy(new Error('no answer in time')));
      sent.end(body);
    });
  return {
    async execute(query, variables) {
      try {
        const { status, text } = await send(url, JSON.stringify({ query, variables }));
        return status === 200 ? judged(text) : wrong(`HTTP ${status}`);
      } catch (error) {
        return wrong(`NO ANSWER ${(error as NodeJS.ErrnoException).code ?? (error as Error).name}`);
      }
    },
    metrics: async () => (await send(new URL('/metrics', url))).text,
    close: () => agent.destroy(),
  };
}

const wrong = (outcome: string): Answer => ({ outcome, retryable: false, data: null });

interface Failure {
  readonly code: unknown;
  readonly retryable: boolean;
}

function judged(text: string): Answer {
  const { data, errors = [] } = JSON.parse(text) as {
    data?: unknown;
    errors?: readonly { extensions?: Failure }[];
  };
  const failure = errors[0] ? (errors[0].extensions ?? { code: 'none', retryable: false }) : failureIn(data);
  if (!failure) return { outcome: 'OK', retryable: false, data };
  const code = String(failure.code);
  return { outcome: codes.has(code) ? code : `UNTYPED ${code}`, retryable: failure.retryable, data };
}

/** The first object of a response that has a code. No queried entity has one. */
function failureIn(value: unknown): Failure | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  if ('code' in value && 'retryable' in value) return value as Failure;
  for (const inner of Object.values(value)) {
    const found = failureIn(inner);
    if (found) return found;
  }
  return undefined;
}

function closedSet(): ReadonlySet<string> {
  const type = buildSchema(readFileSync('schema.graphql', 'utf8')).getType('HaloErrorCode');
  if (!isEnumType(type)) throw new Error('schema.graphql has no HaloErrorCode.');
  return new Set(type.getValues().map(({ name }) => name));
}
