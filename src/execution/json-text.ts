/** Part of an answer that is JSON already. */
export class JsonText {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

/** An object as JSON; all else as it is. */
export const asJsonText = (value: unknown): unknown =>
  typeof value === 'object' && value !== null ? new JsonText(JSON.stringify(value)) : value;

/**
 * What JSON.stringify would give, had nothing been made JSON before. A list has such parts as its items or, further below,
 * not at all.
 */
export function stringify(value: unknown): string | undefined {
  if (value instanceof JsonText) return value.text;
  if (Array.isArray(value)) {
    if (!value.some((item) => item instanceof JsonText)) return JSON.stringify(value);
    return `[${value.map((item) => stringify(item) ?? 'null').join()}]`;
  }
  if (!isPlain(value)) return JSON.stringify(value);
  const entries: string[] = [];
  for (const [name, each] of Object.entries(value)) {
    const text = stringify(each);
    if (text !== undefined) entries.push(`${JSON.stringify(name)}:${text}`);
  }
  return `{${entries.join()}}`;
}

/** Whether JSON has nothing of it but its properties. */
function isPlain(value: unknown): value is object {
  if (typeof value !== 'object' || value === null || 'toJSON' in value) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
