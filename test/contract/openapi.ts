/** Halo Cloud's published OpenAPI, as a judge of single exchanges. */
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { readOneOfAsAnyOf } from './deviations.ts';

export const openApiPath = fileURLToPath(
  new URL('../../../shared/halo/integrator-openapi.json', import.meta.url),
);
export const openApiIsHere = existsSync(openApiPath);

export interface Exchange {
  readonly method: string;
  /** Path and query. */
  readonly path: string;
  readonly requestHeaders: Readonly<Record<string, string | string[] | undefined>>;
  readonly requestBody: string;
  readonly status: number;
  readonly responseHeaders: Readonly<Record<string, unknown>>;
  readonly responseBody: string;
}

export interface Finding {
  /** `POST /integrator/sites/{siteId}/queries/immediate`, or `unknown`. */
  readonly operation: string;
  readonly status: number;
  readonly problem: string;
}

export type Json = Record<string, unknown>;
interface Operation extends Json {
  readonly parameters?: readonly Json[];
  readonly requestBody?: Json;
  readonly responses: Readonly<Record<string, Json>>;
}

export interface Judge {
  /** Every operation of the document. */
  readonly operations: readonly string[];
  /** Which operation an exchange belongs to. */
  operationOf(exchange: Exchange): string;
  /** The problems of an exchange; empty if there are none. */
  findings(exchange: Exchange): readonly Finding[];
  /** Every status of an async query. */
  readonly asyncStatuses: readonly string[];
  /** Fields that an async query lacks, by the schema of its status. The validator ignores the discriminator. */
  asyncQueryProblems(query: Json): readonly string[];
}

const base = 'halo-openapi';

export function readOpenApi(): Judge {
  const text = readFileSync(openApiPath, 'utf8');
  const document = JSON.parse(readOneOfAsAnyOf ? text.replaceAll('"oneOf":', '"anyOf":') : text) as Json & {
    paths: Record<string, Record<string, Operation>>;
    components: { schemas: { AsyncQuery: { discriminator: { mapping: Record<string, string> } } } };
  };
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  addFormats.default(ajv);
  for (const format of [
    'httpStatus',
    'httpStatusPhrase',
    'milli-seconds',
    'version',
    'string',
    'base64 (output)',
    'base64',
  ]) {
    ajv.addFormat(format, true);
  }
  ajv.addSchema(document, base);

  const resolve = <T extends Json>(node: T | { $ref: string }): T => {
    let found: unknown = node;
    while (typeof (found as Json | undefined)?.$ref === 'string') {
      found = ((found as Json).$ref as string)
        .slice(2)
        .split('/')
        .reduce<unknown>((at, key) => (at as Json)[key], document);
    }
    return found as T;
  };
  const compiled = new Map<unknown, ValidateFunction>();
  const validator = (schema: unknown): ValidateFunction => {
    const known = compiled.get(schema);
    if (known) return known;
    // References inside the document are relative to it: rewrite them before compiling a part on its own.
    const fresh = ajv.compile(JSON.parse(JSON.stringify(schema).replaceAll('"#/', `"${base}#/`)));
    compiled.set(schema, fresh);
    return fresh;
  };
  const routes = Object.entries(document.paths).flatMap(([template, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({
      name: `${method.toUpperCase()} ${template}`,
      method: method.toUpperCase(),
      literals: template.split('/').filter((part) => !part.startsWith('{')).length,
      pattern: new RegExp(`^${template.replace('{fhirParameters}', '.+').replace(/\{\w+\}/g, '[^/]+')}$`),
      operation,
    })),
  );
  // The literal route wins over the one with a parameter in its place: queries/status over queries/{queryId}.
  routes.sort((a, b) => b.literals - a.literals);

  const { AsyncQuery } = document.components.schemas;
  const asyncSchemas = AsyncQuery.discriminator.mapping;

  const routeOf = (exchange: Exchange) => {
    const { pathname } = new URL(exchange.path, 'http://halo.invalid');
    return routes.find(({ method, pattern }) => method === exchange.method && pattern.test(pathname));
  };

  return {
    operations: routes.map(({ name }) => name),
    asyncStatuses: Object.keys(asyncSchemas),
    asyncQueryProblems(query) {
      const status = String(query.status);
      const schema = asyncSchemas[status];
      if (!schema) return [`${status} is no status`];
      return mistakes(status, validator({ $ref: schema }), query);
    },
    operationOf: (exchange) => routeOf(exchange)?.name ?? 'unknown',
    findings(exchange) {
      const route = routeOf(exchange);
      const found = (problem: string): Finding => ({
        operation: route?.name ?? 'unknown',
        status: exchange.status,
        problem,
      });
      if (!route) return [found(`no such operation: ${exchange.method} ${exchange.path}`)];
      return [
        ...requestProblems(route.operation, exchange),
        ...responseProblems(route.operation, exchange),
      ].map(found);
    },
  };

  function requestProblems(operation: Operation, exchange: Exchange): string[] {
    const problems: string[] = [];
    const query = new URL(exchange.path, 'http://halo.invalid').searchParams;
    for (const parameter of (operation.parameters ?? []).map((node) => resolve(node))) {
      if (parameter.in !== 'query') continue;
      const value = query.get(parameter.name as string);
      if (value === null) {
        if (parameter.required) problems.push(`query parameter ${parameter.name} is missing`);
      } else if (!validator(parameter.schema)(value)) {
        problems.push(`query parameter ${parameter.name} is not as documented`);
      }
    }
    if (operation.requestBody) {
      const content = resolve(operation.requestBody).content as Record<string, { schema: unknown }>;
      const type = String(exchange.requestHeaders['content-type'] ?? '').split(';')[0] ?? '';
      const schema = content[type]?.schema;
      if (!schema) problems.push(`request content type ${type || 'none'} is not documented`);
      else {
        const body =
          type === 'application/json'
            ? JSON.parse(exchange.requestBody)
            : Object.fromEntries(new URLSearchParams(exchange.requestBody));
        problems.push(...mistakes('request', validator(schema), body));
      }
    } else if (exchange.requestBody) problems.push('a body where none is documented');
    return problems;
  }

  function responseProblems(operation: Operation, exchange: Exchange): string[] {
    const documented = operation.responses[String(exchange.status)];
    if (!documented) return ['status not listed'];
    const content = resolve(documented).content as Record<string, { schema: unknown }> | undefined;
    if (!content) return exchange.responseBody ? ['an answer where none is documented'] : [];
    const type = String(exchange.responseHeaders['content-type'] ?? '').split(';')[0] ?? '';
    const schema = content[type]?.schema;
    if (!schema) return [`answer content type ${type || 'none'} is not documented`];
    return mistakes('answer', validator(schema), JSON.parse(exchange.responseBody));
  }
}

function mistakes(what: string, validate: ValidateFunction, value: unknown): string[] {
  if (validate(value)) return [];
  return (validate.errors ?? []).map((error) => `${what}${error.instancePath}: ${error.message}`);
}
