import type { CallContext, UpstreamWrite } from './upstream-call.ts';

type Call = Pick<UpstreamWrite<unknown>, 'body' | 'ifMatch'>;
type Headers = Readonly<Record<string, string>>;

/** Returns a function that makes the headers of a call, with lower-case names. Passed headers never replace our own. */
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
  /** By content type, of which there are few. All calls share them. */
  const withBody = new Map<string, Headers>();

  function ownHeaders({ body, ifMatch }: Call): Headers {
    if (ifMatch !== undefined) return { ...ownHeaders({ ...(body && { body }) }), 'if-match': ifMatch };
    if (!body) return bare;
    const { contentType } = body;
    const known = withBody.get(contentType) ?? { ...bare, 'content-type': contentType };
    withBody.set(contentType, known);
    return known;
  }

  return (call, { passHeaders }) =>
    Object.keys(passHeaders).length > 0
      ? { ...lowerCased(passHeaders), ...ownHeaders(call) }
      : ownHeaders(call);
}

function lowerCased(headers: Headers): Headers {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}
