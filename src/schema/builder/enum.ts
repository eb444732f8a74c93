import { builder } from './builder.ts';

/** An enum whose values are the domain's own words; the descriptions must name each of them, and nothing else. */
export function enumOf<Value extends string>(
  name: string,
  description: string,
  descriptions: Readonly<Record<Value, string>>,
) {
  const values = Object.fromEntries(
    Object.entries<string>(descriptions).map(([value, text]) => [
      value,
      { value: value as Value, description: text },
    ]),
  ) as Record<Value, { value: Value; description: string }>;
  return builder.enumType(name, { description, values });
}
