/** The Prometheus rules and the Grafana dashboard follow docs/operations.md. */
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { createMetrics } from '../../src/telemetry/metrics.ts';

const read = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
const found = (text: string, pattern: RegExp) =>
  [...new Set([...text.matchAll(pattern)].map(([, name = '']) => name))].sort();
/** Histograms have three series. */
const metricsIn = (text: string) =>
  found(text, /\b(halo_graph_[a-z_]+)/g).map((name) => name.replace(/_(bucket|sum|count)$/, ''));

const page = read('docs/operations.md');
const part = (heading: string) => page.split(`## ${heading}\n`)[1]?.split('\n## ')[0] ?? '';
const documented = found(part('Metrics'), /^\| `(halo_graph_[a-z_]+)`/gm);
const rules = read('deploy/prometheus/halo-graph.rules.yaml');
const dashboard = read('deploy/grafana/halo-graph.json');

it('the alarms of the page are the rules', () => {
  const names = found(rules, /alert: (\w+)/g);
  expect(names.length).toBeGreaterThan(10);
  expect(found(part('What to alarm on'), /^\| `(\w+)`/gm)).toEqual(names);
  for (const name of names)
    expect(read('deploy/prometheus/halo-graph.rules.test.yaml')).toContain(`- name: ${name}\n`);
});

it('each rule has a severity and says what to do', () => {
  const each = rules.split('- alert: ').slice(1);
  for (const rule of each) {
    expect(rule).toMatch(/severity: (page|ticket) }/);
    expect(rule).toMatch(/summary: \S/);
    expect(rule).toMatch(/action: \S/);
  }
});

it('rules and dashboard use documented metrics alone, and the dashboard shows each of them', () => {
  expect(documented.length).toBeGreaterThan(7);
  expect(metricsIn(rules).filter((name) => !documented.includes(name))).toEqual([]);
  expect([...new Set(metricsIn(dashboard))].sort()).toEqual(documented);
});

it('alarmed error codes are there before their first error: Prometheus sees no increase in a series that begins with 1', async () => {
  const text = await createMetrics().text();
  const codes = found(rules, /halo_graph_errors_total\{code="(\w+)"\}/g);
  expect(codes.length).toBeGreaterThan(3);
  for (const code of codes) expect(text).toContain(`halo_graph_errors_total{code="${code}"} 0\n`);
});

it('every panel says what it shows, and has a place of its own', () => {
  interface Panel {
    readonly id: number;
    readonly title: string;
    readonly description: string;
    readonly gridPos: { readonly x: number; readonly y: number; readonly w: number; readonly h: number };
    readonly targets: readonly { readonly expr: string }[];
  }
  const { panels } = JSON.parse(dashboard) as { readonly panels: readonly Panel[] };
  expect(new Set(panels.map(({ id }) => id)).size).toBe(panels.length);
  const taken = new Set<string>();
  for (const { title, description, gridPos, targets } of panels) {
    expect(description, title).toMatch(/\.$/);
    expect(targets.length, title).toBeGreaterThan(0);
    expect(gridPos.x + gridPos.w, title).toBeLessThanOrEqual(24);
    for (let x = 0; x < gridPos.w; x += 1) {
      for (let y = 0; y < gridPos.h; y += 1) {
        const cell = `${gridPos.x + x},${gridPos.y + y}`;
        expect(taken.has(cell), title).toBe(false);
        taken.add(cell);
      }
    }
  }
});
