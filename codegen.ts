// biome-ignore-all lint/suspicious/noTemplateCurlyInString: TypeScript types written as text
import type { CodegenConfig } from '@graphql-codegen/cli';
import { printSchema } from 'graphql';
import { schema } from './src/schema/index.ts';

const config: CodegenConfig = {
  schema: printSchema(schema),
  importExtension: '.js',
  generates: {
    'schema.graphql': {
      plugins: ['schema-ast'],
      config: { includeDirectives: true, sort: false },
    },
    'examples/client/': {
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
    },
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
