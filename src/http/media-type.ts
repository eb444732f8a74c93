export type MediaType = 'application/json' | 'application/graphql-response+json';

/** The first media type in the Accept header that fits a single result. Reads the header as Yoga does. */
export function acceptedMediaType(accept: string | null): MediaType | undefined {
  if (accept === null || accept === '*/*' || accept === 'application/json') return 'application/json';
  for (const range of accept.replace(/\s/g, '').toLowerCase().split(',')) {
    const [type, ...parameters] = range.split(';');
    const charset = parameters.find((parameter) => parameter.includes('charset='));
    if (charset !== undefined && charset !== 'charset=utf-8') continue;
    if (type === 'application/graphql-response+json') return type;
    if (type === 'application/json' || type === 'application/*' || type === '*/*') return 'application/json';
  }
  return undefined;
}
