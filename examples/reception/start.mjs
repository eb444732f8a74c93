// Starts the facade with its sandbox, and this page beside it. Ctrl-C ends both.
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const page = 'http://127.0.0.1:5173';
const npx = process.platform === 'win32' ? 'npx.cmd' : 'npx';
const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
const children = [
  spawn(npm, ['start'], { cwd: root, stdio: 'inherit', env: { ...process.env, CORS_ORIGINS: page } }),
  spawn(npx, ['vite'], { stdio: 'inherit' }),
];
const end = () => {
  for (const child of children) child.kill();
};
process.on('SIGINT', end).on('SIGTERM', end);
for (const child of children) child.on('exit', end);
