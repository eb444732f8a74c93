import { initialize } from 'monaco-editor/esm/vs/editor/editor.worker.js';
import { GraphQLWorker } from 'monaco-graphql/esm/GraphQLWorker.js';

/**
 * The editor sorts suggestions by their names. Here they keep the order of the schema, in which the success of a union comes
 * before its errors.
 */
class OrderedWorker extends GraphQLWorker {
  override async doComplete(...args: Parameters<GraphQLWorker['doComplete']>) {
    const suggestions = await super.doComplete(...args);
    return suggestions.map((suggestion, index) => ({
      ...suggestion,
      sortText: String(index).padStart(5, '0'),
    }));
  }
}

globalThis.onmessage = () => {
  initialize((...args: ConstructorParameters<typeof GraphQLWorker>) => new OrderedWorker(...args));
};
