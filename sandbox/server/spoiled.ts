import type { ServerResponse } from 'node:http';
import type { Faults } from './faults.ts';

const hugeBytes = 10_000_000;

/** Transmission faults: any response is cut, delayed or garbled. */
const spoilers: Readonly<Record<string, (response: ServerResponse, fhir: boolean) => void>> = {
  'cut-connection': (response) => response.socket?.destroy(),
  hang: () => {},
  html: (response) => {
    response.writeHead(200, { 'content-type': 'text/html' });
    response.end('<!doctype html><title>Maintenance</title><h1>Back soon</h1>');
  },
  truncated: (response) => {
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end('{"id":"5a4db0c5-0000-4000-8000-00000000abcd","status":"succ');
  },
  'wrong-types': (response, fhir) => {
    const bundle = { resourceType: 'Bundle', type: 7, total: 'many', entry: 'none' };
    const query = {
      id: 7,
      status: ['successful'],
      statusTiming: null,
      metrics: 'fast',
      result: { rows: 'many', size: {}, data: 12 },
    };
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(JSON.stringify(fhir ? bundle : query));
  },
  huge: (response) => {
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end('garbage '.repeat(hugeBytes / 8));
  },
};

/** Applies a transmission fault. True when nothing more must be sent. */
export function spoil(response: ServerResponse, faults: Faults, fhir: boolean): boolean {
  const name = Object.keys(spoilers).find((fault) => faults.has(fault));
  if (name === undefined) return false;
  spoilers[name]?.(response, fhir);
  return true;
}
