import type { CallContext, UpstreamWrite } from './upstream-call.ts';

type Call = Pick<UpstreamWrite<unknown>, 'body' | 'ifMatch'>;
type Headers = Readonly<Record<string, string>>;

/** A request header that makes the sandbox simulate faults. */
export const faultHeader = 'x-sandbox-fault';

/** Returns a function that makes the headers of a call with a subscription key. Their names are lower-case. */
export function callHeaders(
  version: string | undefined,
): (call: Call, key: string, context: Pick<CallContext, 'simulatedFault'>) => Record<string, string> {
  const userAgent = version ? `halo-graph/${version}` : 'halo-graph';
  let headersOf = headersWith('');
  let keyOfHeaders = '';

  /** The headers of calls with one key. */
  function headersWith(key: string): (call: Call) => Headers {
    const bare = { 'ocp-apim-subscription-key': key, accept: 'application/json', 'user-agent': userAgent };
    /** By content type, of which there are few. All calls share them. */
    const withBody = new Map<string, Headers>();
    return function ownHeaders({ body, ifMatch }: Call): Headers {
      if (ifMatch !== undefined) return { ...ownHeaders({ ...(body && { body }) }), 'if-match': ifMatch };
      if (!body) return bare;
      const { contentType } = body;
      const known = withBody.get(contentType) ?? { ...bare, 'content-type': contentType };
      withBody.set(contentType, known);
      return known;
    };
  }

  return (call, key, { simulatedFault }) => {
    if (key !== keyOfHeaders) {
      headersOf = headersWith(key);
      keyOfHeaders = key;
    }
    return simulatedFault === undefined
      ? headersOf(call)
      : { [faultHeader]: simulatedFault, ...headersOf(call) };
  };
}
