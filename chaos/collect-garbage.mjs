import { Session } from 'node:inspector/promises';
import { json } from 'node:stream/consumers';
import { getHeapSnapshot } from 'node:v8';

/**
 * Loaded into the facade. On a message of the chaos run it collects all garbage, frees unused pages and sends what is left.
 * V8's own `gc` would keep the pages, and the young generation at its maximum size. The message can be a list of class names:
 * then it sends how many instances of each are left.
 */
process.on('message', async (message) => {
  process.send(Array.isArray(message) ? await instances(message) : await memory());
});
// The channel alone does not keep the process alive.
process.channel.unref();

async function memory() {
  const session = new Session();
  session.connect();
  await session.post('HeapProfiler.collectGarbage');
  session.disconnect();
  const { heapUsed, external, rss } = process.memoryUsage();
  return { used: heapUsed + external, resident: rss };
}

async function instances(names) {
  const { snapshot, nodes, strings } = await json(getHeapSnapshot());
  const { node_fields: fields, node_types: types } = snapshot.meta;
  const [typeAt, nameAt] = [fields.indexOf('type'), fields.indexOf('name')];
  const object = types[typeAt].indexOf('object');
  const counts = Object.fromEntries(names.map((name) => [name, 0]));
  for (let at = 0; at < nodes.length; at += fields.length) {
    const name = nodes[at + typeAt] === object ? strings[nodes[at + nameAt]] : undefined;
    if (name in counts) counts[name] += 1;
  }
  return counts;
}
