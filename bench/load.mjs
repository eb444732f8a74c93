/**
 * The load generator, in its own process. It receives a round over IPC, runs it with autocannon and sends the result.
 * A round: { url, headers, connections, seconds or amount, sequences }. Each connection repeats its own sequence; the
 * remaining connections share the last one. A body may hold `{{id}}`: the first id in the previous response.
 */
import autocannon from 'autocannon';

process.on('message', async (round) => process.send(await run(round)));
process.once('disconnect', () => process.exit());

async function run({ url, headers, connections, seconds, amount, sequences, idPattern }) {
  const times = [];
  let wrong = 0;
  let place = 0;
  let began = performance.now();
  let ended = began;
  const pattern = idPattern && new RegExp(idPattern);
  const result = await new Promise((resolve, reject) => {
    const load = autocannon(
      {
        url,
        method: 'POST',
        connections,
        ...(amount ? { amount } : { duration: seconds }),
        timeout: 60,
        // Interval of the check whether the amount is reached.
        sampleInt: 50,
        headers,
        // GraphQL errors have the status 200.
        verifyBody: (body) => !body.includes('"errors":[') && !body.includes('"message":"'),
        setupClient(client) {
          const bodies = sequences[place % sequences.length];
          place += 1;
          client.setRequests(bodies.map((body) => requestOf(body, pattern)));
        },
      },
      (error, done) => (error ? reject(error) : resolve(done)),
    );
    load.on('start', () => {
      began = performance.now();
    });
    load.on('response', (_client, status, _bytes, ms) => {
      ended = performance.now();
      times.push(ms);
      if (status !== 200) wrong += 1;
    });
  });
  times.sort((a, b) => a - b);
  return {
    operations: times.length,
    seconds: (ended - began) / 1000,
    p50: at(times, 0.5),
    p99: at(times, 0.99),
    failures: wrong + result.errors + result.timeouts + result.mismatches,
  };
}

function requestOf(body, pattern) {
  if (!pattern) return { method: 'POST', body };
  return {
    method: 'POST',
    body,
    setupRequest: (request, context) => ({ ...request, body: body.replaceAll('{{id}}', context.id ?? '') }),
    onResponse: (_status, text, context) => {
      const found = pattern.exec(text);
      if (found) context.id = found[1];
    },
  };
}

const at = (sorted, share) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN;
