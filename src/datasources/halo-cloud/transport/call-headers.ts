import type { CallContext, UpstreamWrite } from './upstream-call.ts';

type Call = Pick<UpstreamWrite<unknown>, 'body' | 'ifMatch'>;
type Headers = Readonly<Record<string, string>>;

/** A request header that makes the sandbox simulate faults. */
export const faultHeader = 'x-sandbox-fault';

/** Returns a function that makes the headers of a call, with lower-case names. */
export function callHeaders(identity: {
  readonly subscriptionKey: string;
  readonly version?: string;
}): (call: Call, context: Pick<CallContext, 'simulatedFault'>) => Record<string, string> {
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

  return (call, { simulatedFault }) =>
    simulatedFault === undefined ? ownHeaders(call) : { [faultHeader]: simulatedFault, ...ownHeaders(call) };
}
