import { builder } from './builder.ts';

/** An enum whose names are the values of a domain type. `descriptions` must have exactly one entry for each value. */
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
