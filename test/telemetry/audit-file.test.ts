import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, it, vi } from 'vitest';
import { fileOutput } from '../../src/telemetry/audit-trail.ts';

/** The number of bytes that the disk has room for. */
const disk = vi.hoisted(() => ({ room: Number.POSITIVE_INFINITY }));
vi.mock('node:fs', async (original) => {
  const fs = await original<typeof import('node:fs')>();
  const writeSync = (file: number, bytes: Buffer, at: number) => {
    if (disk.room === 0) throw new Error('ENOSPC');
    const written = fs.writeSync(file, bytes, at, Math.min(bytes.length - at, disk.room));
    disk.room -= written;
    return written;
  };
  return { ...fs, writeSync };
});
afterEach(() => {
  disk.room = Number.POSITIVE_INFINITY;
});

const newPath = () => join(mkdtempSync(join(tmpdir(), 'halo-graph-audit-')), 'audit.log');

it.each([
  ['in the middle of a line', 5],
  ['at the end of a line', 8],
  ['before the first byte', 0],
])('F1: lines after a full disk can be read: it was full %s', (_where, room) => {
  const path = newPath();
  const output = fileOutput(path);
  disk.room = room;
  for (const n of [1, 2]) {
    output.write(`{"n":${n}}\n{"m":${n}}\n`);
    expect(output.flush).toThrow('ENOSPC');
  }
  disk.room = Number.POSITIVE_INFINITY;
  output.flush();
  output.write('{"n":3}\n');
  output.write('{"n":4}\n');
  output.flush();
  const lines = readFileSync(path, 'utf8').split('\n');
  expect(lines.slice(-3)).toEqual(['{"n":3}', '{"n":4}', '']);
});

it.each([
  ['in the middle of a line', '{"n":1}\n{"n', '{"n":1}\n{"n\n{"n":2}\n{"n":3}\n'],
  ['at the end of a line', '{"n":1}\n', '{"n":1}\n{"n":2}\n{"n":3}\n'],
  ['before the first line', '', '{"n":2}\n{"n":3}\n'],
])('lines after a restart can be read: the last process ended %s', (_where, left, expected) => {
  const path = newPath();
  writeFileSync(path, left);
  const output = fileOutput(path);
  for (const n of [2, 3]) {
    output.write(`{"n":${n}}\n`);
    output.flush();
  }
  expect(readFileSync(path, 'utf8')).toBe(expected);
});
