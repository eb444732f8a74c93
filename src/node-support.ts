/** Until when the server supports Node 20, which has had no security updates since April 2026. README.md names the date too. */
const node20Until = '30 April 2027';

/** What an operator should know about this version of Node; null: nothing. @param version `v20.20.2` */
export function nodeSupportNote(version: string): string | null {
  const major = Number(/^v(\d+)/.exec(version)?.[1]);
  if (major >= 22) return null;
  return `Node ${major} has had no security updates since April 2026. halo-graph supports it until ${node20Until}. Use Node 24.`;
}
