/** Which changes of the schema break clients of the last release, and which of them the changelog does not name. */
import { CriticalityLevel, diff } from '@graphql-inspector/core';
import { buildSchema } from 'graphql';

export interface BreakingChange {
  /** As GraphQL writes it: `Type`, `Type.field`, `Type.field(argument:)`. */
  readonly coordinate: string;
  readonly message: string;
}

/** The breaking changes that the section "Unreleased" of the changelog does not name as `coordinate`, in backquotes. */
export async function unnamedChanges(
  released: string,
  current: string,
  changelog: string,
): Promise<readonly BreakingChange[]> {
  const changes = await diff(buildSchema(released), buildSchema(current));
  const [unreleased = ''] = /^## Unreleased$[\s\S]*?(?=^## |$(?![\s\S]))/m.exec(changelog) ?? [];
  return changes
    .filter(({ criticality }) => criticality.level === CriticalityLevel.Breaking)
    .map(({ path = '', message }) => ({ coordinate: coordinateOf(path), message }))
    .filter(({ coordinate }) => !unreleased.includes(`\`${coordinate}\``));
}

/** Inspector writes an argument as one more part: `Type.field.argument`, `@directive.argument`. */
function coordinateOf(path: string): string {
  const parts = path.split('.');
  if (parts.length < (path.startsWith('@') ? 2 : 3)) return path;
  return `${parts.slice(0, -1).join('.')}(${parts.at(-1)}:)`;
}
