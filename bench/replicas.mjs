/** Replicas of the facade behind one port: REPLICAS workers of Node's cluster, each the built server with the flags of this process. */
import cluster from 'node:cluster';

cluster.setupPrimary({ exec: 'dist/src/main.js' });
for (let left = Number(process.env.REPLICAS); left > 0; left -= 1) cluster.fork();
process.once('SIGTERM', () => {
  for (const worker of Object.values(cluster.workers ?? {})) worker?.kill('SIGTERM');
  cluster.once('exit', () => process.exit());
});
