import type { CallContext, UpstreamWrite } from './upstream-call.ts';

type Call = Pick<UpstreamWrite<unknown>, 'body' | 'ifMatch'>;
type Headers = Readonly<Record<string, string>>;

/** Gives the headers of a call, by lower-case names; what is passed along never replaces one of ours. */
export function callHeaders(identity: {
  readonly subscriptionKey: string;
  readonly version?: string;
}): (call: Call, context: Pick<CallContext, 'passHeaders'>) => Record<string, string> {
  const { subscriptionKey, version } = identity;
  const bare = {
    'ocp-apim-subscription-key': subscriptionKey,
    accept: 'application/json',
    'user-agent': version ? `halo-graph/${version}` : 'halo-graph',
  };
  /** By the type of the body, of which there are two: made once, and shared by all calls. */
  const withBody = new Map<string, Headers>();

  function ours({ body, ifMatch }: Call): Headers {
    if (ifMatch !== undefined) return { ...ours({ ...(body && { body }) }), 'if-match': ifMatch };
    if (!body) return bare;
    const { contentType } = body;
    const known = withBody.get(contentType) ?? { ...bare, 'content-type': contentType };
    withBody.set(contentType, known);
    return known;
  }

  return (call, { passHeaders }) =>
    Object.keys(passHeaders).length > 0 ? { ...lowerCased(passHeaders), ...ours(call) } : ours(call);
}

function lowerCased(headers: Headers): Headers {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}
