/**
 * Subscribers of live books by server-sent events, in their own process. It obeys over IPC:
 * `open`: opens streams, the bodies in turn, and answers when each has its snapshot; `change`: sends pairs of mutations, one at a time,
 * and answers with the milliseconds from sending a mutation to the arrival of its change at each stream; `close`: closes all streams.
 */
import { Agent, request } from 'node:http';

const agent = new Agent({ keepAlive: true, maxSockets: Number.POSITIVE_INFINITY });
const openAtOnce = 50;
let streams = [];
/** Streams that ended by themselves. */
let lost = 0;

process.on('message', async ({ order, ...rest }) => {
  try {
    process.send(await { open, change, close }[order](rest));
  } catch (error) {
    process.send({ failed: String(error) });
  }
});
process.once('disconnect', () => process.exit());

async function open({ url, headers, bodies, count }) {
  const began = performance.now();
  let next = 0;
  const openOthers = async () => {
    while (next < count) await openStream(url, headers, bodies[next++ % bodies.length]);
  };
  await Promise.all(Array.from({ length: Math.min(openAtOnce, count) }, openOthers));
  return { ms: performance.now() - began, lost };
}

function openStream(url, headers, body) {
  return new Promise((resolve, reject) => {
    const sent = request(
      url,
      { method: 'POST', agent, headers: { ...headers, accept: 'text/event-stream' } },
      (response) => {
        const stream = { response, changes: 0, onChange: () => {} };
        let opened = false;
        const read = eventNames((name) => {
          if (name === 'AppointmentBookChanged') {
            stream.changes += 1;
            stream.onChange();
          } else if (name === 'AppointmentBookSnapshot') {
            if (!opened) streams.push(stream);
            opened = true;
            resolve();
          } else reject(new Error(`A stream got ${name}.`));
        });
        if (response.statusCode !== 200) reject(new Error(`A stream got the status ${response.statusCode}.`));
        response.setEncoding('latin1');
        response.on('data', read);
        response.on('close', () => {
          if (streams.includes(stream)) lost += 1;
          reject(new Error('A stream ended before its snapshot.'));
        });
      },
    );
    sent.on('error', reject);
    sent.end(body);
  });
}

/** Reads the first type name of each event. An event can come in several chunks. */
function eventNames(onName) {
  const mark = 'event: next\n';
  let text = '';
  let inEvent = false;
  return (chunk) => {
    text += chunk;
    for (;;) {
      if (!inEvent) {
        const at = text.indexOf(mark);
        if (at < 0) {
          text = text.slice(-mark.length);
          return;
        }
        text = text.slice(at + mark.length);
        inEvent = true;
      }
      const found = /"__typename":"(\w+)"/.exec(text);
      const isWhole = text.includes('\n\n');
      if (!found && !isWhole) return;
      inEvent = false;
      onName(found ? found[1] : text.slice(0, 300));
    }
  };
}

async function change({ url, headers, pairs }) {
  const times = [];
  for (const [first, second] of pairs) {
    const answer = await changeOnce(url, headers, first, times);
    const [, id] = /"pmsId":"(\d+)"/.exec(answer) ?? [];
    if (!id) throw new Error(`Not booked: ${answer.slice(0, 300)}`);
    await changeOnce(url, headers, second.replaceAll('{{id}}', id), times);
  }
  times.sort((a, b) => a - b);
  const at = (share) => times[Math.min(times.length - 1, Math.floor(times.length * share))];
  return { delivered: times.length, p50: at(0.5), p99: at(0.99), most: times.at(-1), lost };
}

async function changeOnce(url, headers, body, times) {
  const began = performance.now();
  const arrived = streams.map(
    (stream) =>
      new Promise((resolve, reject) => {
        const late = setTimeout(() => reject(new Error('A change did not arrive within 20 s.')), 20_000);
        stream.onChange = () => {
          clearTimeout(late);
          times.push(performance.now() - began);
          stream.onChange = () => {};
          resolve();
        };
      }),
  );
  const [answer] = await Promise.all([post(url, headers, body), ...arrived]);
  return answer;
}

function post(url, headers, body) {
  return new Promise((resolve, reject) => {
    const sent = request(url, { method: 'POST', agent, headers }, (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (chunk) => {
        text += chunk;
      });
      response.on('end', () => resolve(text));
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

async function close() {
  const all = streams;
  streams = [];
  for (const { response } of all) response.destroy();
  return { lost };
}
