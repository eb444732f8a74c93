import type { Bench, Cost, Round, RoundResult } from './bench.ts';
import { type Outcome, perSecond, type Row } from './outcome.ts';
import { type Pace, type Scenario, takesPart } from './scenarios.ts';
import { post, type Server } from './server.ts';
import { comparable } from './work.ts';

/** Maximum warm-up of servers that no bar compares. */
const shortWarmSeconds = 4;

/** Writes before a scenario of writes. The sandbox carries out each of them. */
const warmWrites = 400;

/** Compares responses, warms up, then measures all servers in rounds. Each round has another order. */
export async function measure(
  bench: Bench,
  scenario: Scenario,
  servers: readonly Server[],
  pace: Pace,
): Promise<Outcome> {
  const taking = servers.filter(({ name }) => takesPart(scenario, name));
  await bench.upstream.latency(0);
  const wrong = await compared(scenario, taking);
  const running = taking.filter(({ name }) => !wrong.has(name));
  const isCompared = ({ name }: Server) => scenario.compared?.includes(name) ?? false;
  let turn = 0;
  const go = (server: Server, length: Pick<Round, 'seconds' | 'amount'>): Promise<RoundResult> =>
    bench.round(server, { ...scenario, ...length, sequences: scenario.sequences(server.dialect, turn++) });
  const costs = new Map<string, Cost>();
  const amounts = new Map<string, number>();
  // Each connection completes its sequence.
  const unit = scenario.connections * (scenario.idPattern === undefined ? 1 : 2);
  await bench.upstream.latency(scenario.latencyMs);
  for (const server of running) {
    if (scenario.idPattern === undefined)
      await warmUp(
        (length) => go(server, length),
        pace,
        isCompared(server)
          ? (scenario.warmSeconds ?? 0)
          : Math.min(scenario.warmSeconds ?? 0, shortWarmSeconds),
      );
    else {
      await bench.upstream.latency(0);
      await go(server, { amount: Math.min(pace.warmOperations, warmWrites) });
      await bench.upstream.latency(scenario.latencyMs);
    }
    const sequences = scenario.sequences(server.dialect, turn++);
    costs.set(server.name, await bench.count(server, { ...scenario, sequences }));
    const sample = await go(server, { amount: unit * 4 });
    const units = (perSecond(sample) * pace.seconds) / unit;
    amounts.set(server.name, unit * Math.max(2, Math.round(units)));
  }
  const results = new Map<string, RoundResult[]>(running.map(({ name }) => [name, []]));
  const rounds = pace.rounds[scenario.compared ? (scenario.rounds ?? 'some') : 'few'];
  for (let round = 0; round < rounds; round += 1) {
    const shift = round % running.length;
    for (const server of [...running.slice(shift), ...running.slice(0, shift)]) {
      if (round >= pace.rounds.few && !isCompared(server)) continue;
      // An amount, not seconds: requests aborted at the end of a timed round would cost CPU without being counted.
      const result = await go(server, { amount: amounts.get(server.name) ?? unit });
      if (result.failures > 0) wrong.set(server.name, `${result.failures} answers failed`);
      results.get(server.name)?.push(result);
    }
  }
  await bench.upstream.latency(0);
  const rows = taking.map(({ name }): Row => {
    const reason = wrong.get(name);
    const cost = costs.get(name);
    return {
      name,
      rounds: results.get(name) ?? [],
      ...(cost && { cost }),
      ...(reason !== undefined && { wrong: reason }),
    };
  });
  return { scenario, rows };
}

/** Warms up until V8 has compiled hot code. That depends on the number of requests; slow servers stop after a time limit. */
async function warmUp(
  go: (length: Pick<Round, 'seconds'>) => Promise<RoundResult>,
  { warmOperations, seconds }: Pace,
  warmSeconds: number,
): Promise<void> {
  const began = performance.now();
  let operations = 0;
  do operations += (await go({ seconds })).operations;
  while (operations < warmOperations && performance.now() - began < warmSeconds * 1_000);
}

/** Servers whose responses differ from the facade's, by name, with the difference. */
async function compared(scenario: Scenario, servers: readonly Server[]): Promise<Map<string, string>> {
  const wrong = new Map<string, string>();
  const expected = new Map<number, string>();
  for (const server of servers) {
    try {
      const { by = [], bodies } = scenario.refused ?? {};
      for (const body of by.includes(server.name) ? (bodies?.(server.dialect) ?? []) : []) {
        if (!(await isRefused(server, body))) throw new Error(`It does not refuse ${body.slice(-300)}`);
      }
      for (const [index, body] of scenario.checked(server.dialect).entries()) {
        const answer = comparable(await post(server, body), server.dialect);
        const right = expected.get(index);
        if (right === undefined) expected.set(index, answer);
        else if (answer !== right) throw new Error(difference(right, answer));
      }
    } catch (error) {
      wrong.set(server.name, (error as Error).message);
    }
  }
  return wrong;
}

/** Whether a response holds no data, or an error as data. */
async function isRefused(server: Server, body: string): Promise<boolean> {
  const text = await post(server, body);
  try {
    const { data } = JSON.parse(text) as { data: Record<string, unknown> | null };
    if (Object.values(data ?? {}).every((value) => value === null)) return true;
    comparable(text, server.dialect);
    return false;
  } catch {
    return true;
  }
}

function difference(right: string, answer: string): string {
  let at = 0;
  while (right[at] === answer[at]) at += 1;
  const around = (text: string) => text.slice(Math.max(0, at - 60), at + 60);
  return `expected ${around(right)}, came ${around(answer)}`;
}
