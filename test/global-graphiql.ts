/** Builds GraphiQL's files once before the tests, because the server reads them from the disk. */
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));

export default function setup(): void {
  execFileSync('npm', ['run', '--silent', 'build:graphiql'], { cwd: root, stdio: 'inherit' });
}
