// biome-ignore-all lint/suspicious/noTemplateCurlyInString: TypeScript types written as text
import type { CodegenConfig } from '@graphql-codegen/cli';
import { printSchema } from 'graphql';
import * as client from './codegen-client.ts';
import { haloErrorTable } from './src/error-codes.ts';
import { schema } from './src/schema/index.ts';

const typedOperations: CodegenConfig['generates'][string] = {
  documents: 'examples/operations/*.graphql',
  preset: 'client',
  presetConfig: { fragmentMasking: false, persistedDocuments: { hashAlgorithm: 'sha256' } },
  config: {
    scalars: {
      ID: 'string',
      DateTime: { input: 'string', output: '`${number}-${number}-${number}T${string}`' },
      Date: { input: 'string', output: '`${number}-${number}-${number}`' },
      LocalTime: { input: 'string', output: '`${number}:${number}`' },
      TimeZone: 'string',
      UUID: { input: 'string', output: '`${string}-${string}-${string}-${string}-${string}`' },
      JSON: 'unknown',
    },
    strictScalars: true,
    defaultScalarType: 'unknown',
    enumsAsTypes: true,
    useTypeImports: true,
    immutableTypes: true,
  },
};

const text = (content: string) => ({ plugins: [{ add: { content } }] });

const config: CodegenConfig = {
  schema: printSchema(schema),
  importExtension: '.js',
  generates: {
    'schema.graphql': {
      plugins: ['schema-ast'],
      config: { includeDirectives: true, sort: false },
    },
    'examples/client/': typedOperations,
    'packages/client/schema.graphql': {
      plugins: ['schema-ast'],
      config: { includeDirectives: true, sort: false },
    },
    'packages/client/src/generated/documents/': typedOperations,
    'packages/client/src/generated/possible-types.ts': text(client.possibleTypes(schema)),
    'packages/client/src/generated/introspection.ts': text(client.introspection(schema)),
    'packages/client/src/generated/cache-keys.ts': text(client.cacheKeys(schema)),
    'packages/client/src/generated/errors.ts': text(client.errors(schema, haloErrorTable)),
    'examples/reception/src/gql/': {
      documents: 'examples/reception/src/*.graphql',
      preset: 'client',
      presetConfig: { fragmentMasking: false },
      config: {
        scalars: {
          ID: 'string',
          DateTime: 'string',
          Date: 'string',
          LocalTime: 'string',
          TimeZone: 'string',
          UUID: 'string',
          JSON: 'unknown',
        },
        strictScalars: true,
        enumsAsTypes: true,
        useTypeImports: true,
      },
    },
  },
};

export default config;
