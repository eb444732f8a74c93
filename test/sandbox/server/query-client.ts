import { practiceNamed } from '../practice-fixture.ts';
import { type Reply, sandboxClient } from './sandbox-client.ts';

/** The queries of one site, as an integrator would call them. */
export function queryClient(base: string, bpSiteId = '9001', guid = practiceNamed(bpSiteId).haloGuid) {
  const client = sandboxClient(base);
  const queries = `/integrator/sites/${guid}/queries`;
  const get = (path: string, fault?: string): Promise<Reply> => client.send(`${queries}/${path}`, fault);
  const post = (path: string, body: unknown, fault?: string): Promise<Reply> =>
    client.post(`${queries}/${path}`, body, fault);
  return {
    get,
    post,
    immediate: (command: object, fault?: string) => post('immediate', { command }, fault),
    /** Answers the id. */
    async start(command: object | string, fault?: string, more: object = {}): Promise<string> {
      const given = typeof command === 'string' ? { text: command } : command;
      const { status, json, text } = await post('async', { command: given, ...more }, fault);
      if (status !== 201) throw new Error(`${status} ${text}`);
      return json.id;
    },
    /** Answers the id. */
    async register(text: string, times: { frequency?: number; duration?: number } = {}, fault?: string) {
      const body = registration(text, times);
      const { status, json, text: said } = await post('registered', body, fault);
      if (status !== 202) throw new Error(`${status} ${said}`);
      return json.id as string;
    },
    cancel: (id: string) => client.send(`${queries}/registered/${id}`, undefined, { method: 'DELETE' }),
  };
}

export function registration(text: string, { frequency = 60, duration = 120 } = {}): object {
  return {
    name: 'Sample',
    registeredQueryType: 'query',
    frequency,
    duration,
    registerCommand: { command: { text } },
  };
}

/** What base64 JSON holds. */
export function decoded(data: string): unknown {
  return JSON.parse(Buffer.from(data, 'base64').toString('utf8'));
}
