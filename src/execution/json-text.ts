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

/** Long enough that a piece more costs nothing, short enough that V8 makes one text of it where young objects are. */
const pieceLength = 16_384;

/**
 * What JSON.stringify would give, had nothing been made JSON before; in pieces, since to make one text of them all takes as
 * long as a third of them took to be written. A list has JsonTexts as its items or, further below, not at all.
 */
export function jsonPieces(value: unknown): readonly string[] {
  const pieces: string[] = [];
  let open = '';

  const write = (text: string): void => {
    open += text;
    if (open.length < pieceLength) return;
    pieces.push(open);
    open = '';
  };

  /** Whether there is anything of it in JSON: then it comes after `before`. */
  function add(value: unknown, before: string): boolean {
    if (value instanceof JsonText) write(before + value.text);
    else if (Array.isArray(value) && value.some((item) => item instanceof JsonText)) addItems(value, before);
    else if (isPlain(value)) addProperties(value, before);
    else {
      const text: string | undefined = JSON.stringify(value);
      if (text === undefined) return false;
      write(before + text);
    }
    return true;
  }

  function addItems(list: readonly unknown[], before: string): void {
    write(`${before}[`);
    for (const [index, item] of list.entries()) {
      const separator = index === 0 ? '' : ',';
      if (!add(item, separator)) write(`${separator}null`);
    }
    write(']');
  }

  function addProperties(object: object, before: string): void {
    write(`${before}{`);
    let separator = '';
    for (const [name, each] of Object.entries(object)) {
      if (add(each, `${separator}${JSON.stringify(name)}:`)) separator = ',';
    }
    write('}');
  }

  add(value, '');
  if (open !== '') pieces.push(open);
  return pieces;
}

/** Whether JSON has nothing of it but its properties. */
function isPlain(value: unknown): value is object {
  if (typeof value !== 'object' || value === null || 'toJSON' in value) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
