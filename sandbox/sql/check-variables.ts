import { SqlServerError, undeclared } from './sql-server-error.ts';
import type { Statement } from './statements.ts';
import type { Variable, Variables } from './values.ts';
import { declaredVariable } from './variables.ts';

const system = ['@@rowcount', '@@error', '@@trancount', '@@identity'];

/**
 * Declares the variables of a batch in the order of the text, in all branches, before it runs. Throws 134 for a
 * variable that is declared twice and 137 for one that is used before its declaration.
 */
export function checkVariables(statements: readonly Statement[], variables: Map<string, Variable>): void {
  for (const statement of statements) {
    if (statement.is === 'if') {
      checkUses(statement.condition, variables);
      checkVariables(statement.yes, variables);
      checkVariables(statement.no, variables);
    } else if (statement.is === 'try') {
      checkVariables(statement.body, variables);
      checkVariables(statement.caught, variables);
    } else if (statement.is === 'declare') {
      checkUses(statement.value, variables);
      declare(statement.name, variables, declaredVariable(statement.type));
    } else {
      if (statement.is === 'set') mustBeDeclared(statement.name, variables);
      if (statement.is === 'assign') for (const name of statement.names) mustBeDeclared(name, variables);
      if (statement.is === 'execute' && statement.into) mustBeDeclared(statement.into, variables);
      checkUses(statement, variables);
    }
  }
}

function declare(name: string, variables: Map<string, Variable>, variable: Variable): void {
  if (variables.has(name.toLowerCase())) {
    throw new SqlServerError(
      134,
      `The variable name '${name}' has already been declared. Variable names must be unique within a query batch or stored procedure.`,
    );
  }
  variables.set(name.toLowerCase(), variable);
}

function mustBeDeclared(name: string, variables: Variables): void {
  const lower = name.toLowerCase();
  if (!variables.has(lower) && !system.includes(lower)) throw undeclared(name);
}

/** Every variable in a tree. */
function checkUses(node: unknown, variables: Variables): void {
  if (typeof node !== 'object' || node === null) return;
  const { is, name } = node as { is?: unknown; name?: unknown };
  if (is === 'variable') mustBeDeclared(String(name), variables);
  else for (const child of Object.values(node)) checkUses(child, variables);
}
