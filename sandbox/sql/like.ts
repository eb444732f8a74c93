/** T-SQL's LIKE: `%`, `_`, `[a-f]`, `[^a-f]` and an escape character. */
function compile(pattern: string, escapeBy: string | null, unicode: boolean, binary: boolean): RegExp | null {
  let source = '';
  const characters = [...pattern];
  for (let at = 0; at < characters.length; at += 1) {
    const character = characters[at] ?? '';
    if (character === escapeBy) {
      at += 1;
      if (at >= characters.length) return null;
      source += literal(characters[at] ?? '');
    } else if (character === '%') source += '.*';
    else if (character === '_') source += '.';
    else if (character === '[') {
      const set = readClass(characters, at + 1, escapeBy);
      if (!set) return null;
      source += set.source;
      at = set.end;
    } else source += literal(character);
  }
  // Single-byte text: the blanks that pad the value do not count.
  const whole = `^${source}${unicode ? '' : ' *'}$`;
  // A pattern with a leading or trailing % needs no anchor there, and matches many times faster.
  return new RegExp(whole.replace(/^\^\.\*/, '').replace(/\.\*(?: \*)?\$$/, ''), binary ? 'su' : 'isu');
}

function literal(character: string): string {
  return /[\w\s]/.test(character) || character > '\u007f'
    ? character
    : `\\x${character.charCodeAt(0).toString(16).padStart(2, '0')}`;
}

/** A class up to its closing bracket; null when it never closes or is empty: then nothing matches. */
function readClass(characters: readonly string[], start: number, escapeBy: string | null) {
  let at = start;
  const negated = characters[at] === '^';
  if (negated) at += 1;
  let source = '';
  for (; at < characters.length; at += 1) {
    const character = characters[at] ?? '';
    if (character === ']')
      return source === '' ? null : { source: `[${negated ? '^' : ''}${source}]`, end: at };
    if (character === escapeBy) {
      at += 1;
      source += literal(characters[at] ?? '');
    } else {
      const [dash, to] = [characters[at + 1], characters[at + 2]];
      if (dash === '-' && to !== undefined && to !== ']' && to !== escapeBy) {
        if (to < character) return null;
        source += `${literal(character)}-${literal(to)}`;
        at += 2;
      } else source += literal(character);
    }
  }
  return null;
}

const compiled = new Map<string, RegExp | null>();

/** Whether `value` (char columns padded) is like `pattern`. `unicode`: trailing blanks of the value count. `binary`: so does case. */
export function isLike(
  value: string,
  pattern: string,
  escapeBy: string | null,
  unicode: boolean,
  binary = false,
): boolean {
  const key = `${unicode ? 'n' : 'v'}${binary ? 'b' : ''}${escapeBy ?? ''}\u0000${pattern}`;
  let expression = compiled.get(key);
  if (expression === undefined) {
    if (compiled.size > 200) compiled.clear();
    expression = compile(pattern, escapeBy, unicode, binary);
    compiled.set(key, expression);
  }
  return expression?.test(value) ?? false;
}
