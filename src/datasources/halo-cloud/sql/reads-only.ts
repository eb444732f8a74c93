/**
 * SQL words that change data, here or on another server. If one stands outside of literals, comments and quoted names, the
 * text may write.
 */
const writingWords: ReadonlySet<string> = new Set(
  `INSERT UPDATE DELETE MERGE INTO TRUNCATE CREATE ALTER DROP RENAME GRANT REVOKE DENY EXEC EXECUTE CALL BULK BACKUP RESTORE
   DBCC KILL SHUTDOWN RECONFIGURE WRITETEXT UPDATETEXT RECEIVE SEND ENABLE DISABLE OPENQUERY OPENROWSET OPENDATASOURCE
   GEN_ID LOCK COMMIT ROLLBACK LOAD UNLOAD`.split(/\s+/),
);
/** Allowed before a bracket when functions may write: keywords, types, and functions that only read. */
const beforeBracket: ReadonlySet<string> = new Set(
  `SELECT DISTINCT TOP FIRST SKIP FROM JOIN ON WHERE AND OR NOT IN EXISTS ALL ANY SOME AS BY HAVING UNION EXCEPT INTERSECT
   CASE WHEN THEN ELSE BETWEEN LIKE OVER PARTITION VALUES CHAR VARCHAR NCHAR NVARCHAR DECIMAL NUMERIC FLOAT
   COUNT SUM MIN MAX AVG LIST CAST CONVERT COALESCE NULLIF ISNULL IIF UPPER LOWER TRIM LTRIM RTRIM SUBSTRING LEFT RIGHT
   LEN CHAR_LENGTH POSITION REPLACE ABS ROUND FLOOR CEILING MOD EXTRACT DATEADD DATEDIFF YEAR MONTH DAY GETDATE
   ROW_NUMBER RANK DENSE_RANK LAG LEAD`.split(/\s+/),
);
const shapes = [
  String.raw`\s+`,
  String.raw`--[^\r\n]*`,
  String.raw`\/\*[^/*]*(?:(?:\*(?!\/)|\/(?!\*))[^/*]*)*\*\/`,
  "(?<literal>'[^']*(?:''[^']*)*')",
  String.raw`(?<quoted>"[^"]*(?:""[^"]*)*"|\[[^\]]*(?:\]\][^\]]*)*\])`,
  String.raw`(?<number>0x[\da-f]*|\d+(?:\.\d*)?|\.\d+)(?![\w@#$])`,
  String.raw`(?<word>[a-z_@#][\w@#$]*)`,
  String.raw`(?<sign>[-+%=<>!(),.;:&|^~?]|\/(?!\*)|\*(?!\/))`,
];

/**
 * Whether a text certainly only reads. Only such a text may be sent a second time. It must begin with SELECT, WITH or DECLARE,
 * because the first statement of a batch may call a procedure by its name alone, and it must contain no writing word. In
 * doubt the result is false: nested comments, a number followed by a letter, letters outside ASCII, an unclosed literal.
 *
 * With `functionsMayWrite` the text must also be one statement that calls well-known functions only. Functions cannot write
 * in SQL Server, but they can in other databases.
 */
export function readsOnly(text: string, { functionsMayWrite }: { functionsMayWrite: boolean }): boolean {
  const tokens = tokensOf(text);
  const first = tokens?.find((one) => one !== '(');
  if (!tokens || !first || !/^(SELECT|WITH|DECLARE)$/.test(first)) return false;
  return tokens.every((one, index) => {
    if (writingWords.has(one)) return false;
    const next = tokens[index + 1];
    if (one === 'NEXT' && next === 'VALUE') return false;
    if (!functionsMayWrite) return true;
    if (one === 'SET' || (one === ';' && next !== undefined)) return false;
    return next !== '(' || !/^[\w"@#]/.test(one) || beforeBracket.has(one);
  });
}

/** Words in capitals, signs, and one mark for each literal, number and quoted name. Undefined when the text is ambiguous. */
function tokensOf(text: string): readonly string[] | undefined {
  const tokens: string[] = [];
  const token = new RegExp(shapes.join('|'), 'iy');
  while (token.lastIndex < text.length) {
    const found = token.exec(text)?.groups;
    if (!found) return undefined;
    if (found.word) tokens.push(found.word.toUpperCase());
    else if (found.sign) tokens.push(found.sign);
    else if (found.quoted) tokens.push('"');
    else if (found.literal || found.number) tokens.push("'");
  }
  return tokens;
}
