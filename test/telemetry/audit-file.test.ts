import { mkdtempSync, readFileSync } from 'node:fs';
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

it.each([
  ['in the middle of a line', 5],
  ['at the end of a line', 8],
  ['before the first byte', 0],
])('F1: lines after a full disk can be read: it was full %s', (_where, room) => {
  const path = join(mkdtempSync(join(tmpdir(), 'halo-graph-audit-')), 'audit.log');
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
