import { defaultKey } from '../../../sandbox/server/start.ts';
import { practiceNamed } from '../practice-fixture.ts';

export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  // biome-ignore lint/suspicious/noExplicitAny: a test looks into whatever came.
  readonly json: any;
}

/** Calls a sandbox as an integrator would. */
export function sandboxClient(base: string) {
  const send = async (path: string, fault?: string, init: RequestInit = {}): Promise<Reply> => {
    const headers = {
      'ocp-apim-subscription-key': defaultKey,
      ...(fault ? { 'x-sandbox-fault': fault } : {}),
      ...init.headers,
    };
    const response = await fetch(base + path, { ...init, headers });
    const text = await response.text();
    let json: unknown;
    try {
      json = JSON.parse(text);
    } catch {
      json = undefined;
    }
    return { status: response.status, headers: response.headers, text, json };
  };
  const post = (path: string, body: unknown, fault?: string) =>
    send(path, fault, {
      method: 'POST',
      body: JSON.stringify(body),
      headers: { 'content-type': 'application/json' },
    });
  return {
    send,
    post,
    lookUp: (id: string, fault?: string, pms = 'Best Practice') =>
      send(
        `/integrator/sites?${new URLSearchParams({ practiceManagementSiteId: id, practiceManagementName: pms })}`,
        fault,
      ),
    query: (id: string, text: string, fault?: string, guid = practiceNamed(id).haloGuid) =>
      post(`/integrator/sites/${guid}/queries/immediate`, { command: { text } }, fault),
  };
}

export function rowsOf(reply: Reply): unknown {
  return JSON.parse(Buffer.from(reply.json.result.data, 'base64').toString('utf8'));
}
