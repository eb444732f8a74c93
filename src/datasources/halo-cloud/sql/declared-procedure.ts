import type { SqlCommand, SqlCommandParameter } from './site-sql.ts';

type Command = Omit<SqlCommand, 'catalogue'>;

const maxCharacters = 4_000;
const maxBytes = 8_000;

/**
 * Rewrites a stored procedure call with an NVarChar of more than 4,000 characters or a VarBinary of more than 8,000 bytes,
 * because Halo Cloud cannot convert such a value. As its documentation advises, the result is a batch that declares
 * variables and executes the procedure with them. A long value is sent in several short parameters. Output parameters and
 * the return value stay the same. Any other command is returned unchanged.
 *
 * A VarBinary that begins with 0x is hexadecimal, any other is base64 (assumption H18).
 */
export function declaredProcedure(command: Command): Command {
  if (command.type !== 'storedProcedure') return command;
  const tooLong = new Map(command.parameters.flatMap((parameter) => withParts(parameter)));
  if (tooLong.size === 0) return command;

  const parameters: SqlCommandParameter[] = [];
  const statements: string[] = [];
  const prefix = freePrefix(command.parameters);
  for (const parameter of command.parameters) {
    const long = tooLong.get(parameter);
    if (!long) {
      parameters.push(
        parameter.direction === 'returnValue' ? { ...parameter, direction: 'output' } : parameter,
      );
      continue;
    }
    const names = long.parts.map((_, index) => `${prefix}${parameters.length + index}`);
    const value = long.value(`CAST(${names[0]} AS ${long.partType}(MAX))${joined(names.slice(1))}`);
    if (parameter.direction === 'inputOutput') {
      statements.push(`SET ${parameter.name} = ${value};`);
      parameters.push({ ...parameter, direction: 'output', value: null });
    } else statements.push(`DECLARE ${parameter.name} ${parameter.type}(MAX) = ${value};`);
    long.parts.forEach((part, index) => {
      parameters.push({
        name: names[index] ?? '',
        type: long.partType,
        direction: 'input',
        value: part,
        size: null,
      });
    });
  }
  statements.push(execution(command));
  return { text: statements.join('\n'), type: 'text', executionMode: command.executionMode, parameters };
}

function execution({ text, parameters }: Command): string {
  const returned = parameters.find(({ direction }) => direction === 'returnValue');
  const passed = parameters
    .filter(({ direction }) => direction !== 'returnValue')
    .map(({ name, direction }) => `${name} = ${name}${direction === 'input' ? '' : ' OUTPUT'}`);
  return `EXEC ${returned ? `${returned.name} = ` : ''}${text} ${passed.join(', ')};`;
}

interface Parts {
  readonly parts: readonly string[];
  readonly partType: 'NVarChar' | 'VarChar';
  value(joinedParts: string): string;
}

function withParts(parameter: SqlCommandParameter): [SqlCommandParameter, Parts][] {
  const { direction, type, value } = parameter;
  if (value === null || (direction !== 'input' && direction !== 'inputOutput')) return [];
  if (type === 'NVarChar' && value.length > maxCharacters) {
    return [[parameter, { parts: cut(value, maxCharacters), partType: 'NVarChar', value: (parts) => parts }]];
  }
  if (type !== 'VarBinary') return [];
  const bytes = bytesOf(value);
  if (!bytes || bytes.length <= maxBytes) return [];
  const parts = cut(`0x${bytes.toString('hex')}`, maxBytes);
  return [
    [parameter, { parts, partType: 'VarChar', value: (whole) => `CONVERT(VARBINARY(MAX), ${whole}, 1)` }],
  ];
}

function bytesOf(value: string): Buffer | undefined {
  if (/^0x([\da-f]{2})*$/i.test(value)) return Buffer.from(value.slice(2), 'hex');
  const bytes = Buffer.from(value, 'base64');
  return bytes.toString('base64') === value ? bytes : undefined;
}

/** Never cuts between the two halves of a surrogate pair. */
function cut(text: string, maxLength: number): string[] {
  const parts: string[] = [];
  for (let from = 0; from < text.length; ) {
    let to = Math.min(from + maxLength, text.length);
    if (to < text.length && /[\ud800-\udbff]/.test(text.charAt(to - 1))) to -= 1;
    parts.push(text.slice(from, to));
    from = to;
  }
  return parts;
}

const joined = (names: readonly string[]): string => names.map((name) => ` + ${name}`).join('');

function freePrefix(parameters: readonly SqlCommandParameter[]): string {
  let prefix = '@part_';
  while (parameters.some(({ name }) => name.toLowerCase().startsWith(prefix))) prefix += '_';
  return prefix;
}
