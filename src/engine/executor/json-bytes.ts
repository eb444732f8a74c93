/** Part of an answer that is JSON already, in UTF-8; of a list, one item or several with commas between them. */
export class JsonBytes {
  readonly bytes: Buffer;

  /** @param bytes of one value, or of a list without its brackets */
  constructor(bytes: Buffer) {
    this.bytes = bytes;
  }
}

/** An object as JSON; all else as it is. */
export const asJsonBytes = (value: unknown): unknown =>
  typeof value === 'object' && value !== null ? new JsonBytes(Buffer.from(JSON.stringify(value))) : value;

/**
 * What JSON.stringify would give, had nothing been made JSON before; in pieces, since to make one text of them all takes as
 * long as a third of them took to be written. A list has JsonBytes as its items or, further below, not at all.
 */
export function jsonPieces(value: unknown): readonly (string | Buffer)[] {
  const pieces: (string | Buffer)[] = [];
  let open = '';

  /** Whether there is anything of it in JSON: then it comes after `before`. */
  function add(value: unknown, before: string): boolean {
    if (value instanceof JsonBytes) addBytes(value.bytes, before);
    else if (Array.isArray(value) && value.some((item) => item instanceof JsonBytes)) addItems(value, before);
    else if (isPlain(value)) addProperties(value, before);
    else {
      const text: string | undefined = JSON.stringify(value);
      if (text === undefined) return false;
      open += before + text;
    }
    return true;
  }

  function addBytes(bytes: Buffer, before: string): void {
    pieces.push(open + before, bytes);
    open = '';
  }

  function addItems(list: readonly unknown[], before: string): void {
    open += `${before}[`;
    for (const [index, item] of list.entries()) {
      const separator = index === 0 ? '' : ',';
      if (!add(item, separator)) open += `${separator}null`;
    }
    open += ']';
  }

  function addProperties(object: object, before: string): void {
    open += `${before}{`;
    let separator = '';
    for (const [name, each] of Object.entries(object)) {
      if (add(each, `${separator}${JSON.stringify(name)}:`)) separator = ',';
    }
    open += '}';
  }

  add(value, '');
  if (open !== '') pieces.push(open);
  return pieces;
}

/** Whether JSON has nothing of it but its properties. A response name may be `toJSON`: only a function is one. */
function isPlain(value: unknown): value is object {
  if (typeof value !== 'object' || value === null) return false;
  if (typeof (value as { toJSON?: unknown }).toJSON === 'function') return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
