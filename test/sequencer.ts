import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Files that wait for processes and clocks of others. They run beside files that work, not alone at the end. */
const first = [
  'store/redis-failover',
  // It works, and keeps the files that are hard on the machine apart.
  'cli/confirm',
  'e2e/graphiql',
  'e2e/redis-tls',
  'e2e/start',
  'e2e/replicas',
  'fuzz/dates',
  'sandbox/server/webhooks',
  'e2e/drain',
].map((name) => `/test/${name}.test.ts`);

/** Where nothing is known of an earlier run, Vitest sorts by size, which says little of the time. */
export class WaitingFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ project, moduleId }: TestSpecification): number => {
      // A worker of its own ends the worker of the others before it: it comes first.
      if (project.config.isolate) return -1;
      const at = first.findIndex((name) => moduleId.endsWith(name));
      return at === -1 ? first.length : at;
    };
    return (await super.sort(files)).toSorted((one, other) => rank(one) - rank(other));
  }
}
