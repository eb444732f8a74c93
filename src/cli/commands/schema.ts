import { type Command, print } from '../command.ts';

export const schema: Command = {
  synopsis: '',
  summary: 'prints the GraphQL schema as SDL',
  details: 'It needs no configuration.',
  async run() {
    const { schemaText } = await import('../schema-text.ts');
    print(schemaText());
    return 0;
  },
};
