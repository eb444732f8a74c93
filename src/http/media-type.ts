export type MediaType = 'application/json' | 'application/graphql-response+json';

/** The first that the header names and that a result in one piece can be written in, as Yoga reads the header. */
export function acceptedMediaType(accept: string | null): MediaType | undefined {
  if (accept === null || accept === '*/*') return 'application/json';
  for (const asked of accept.replace(/\s/g, '').toLowerCase().split(',')) {
    const [type, ...parameters] = asked.split(';');
    const charset = parameters.find((parameter) => parameter.includes('charset='));
    if (charset !== undefined && charset !== 'charset=utf-8') continue;
    if (type === 'application/graphql-response+json') return type;
    if (type === 'application/json' || type === 'application/*' || type === '*/*') return 'application/json';
  }
  return undefined;
}
