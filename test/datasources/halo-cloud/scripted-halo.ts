import { Dispatcher } from 'undici';
import { immediateQuery } from '../../../src/datasources/halo-cloud/sql/immediate-query.ts';
import { createHaloCloud } from '../../../src/datasources/halo-cloud/transport/client.ts';
import type { UpstreamEvent } from '../../../src/datasources/halo-cloud/transport/upstream-event.ts';
import { collectLog, key, origin, wireError, wireRows } from './kit.ts';

export type Reply =
  | { readonly status: number; readonly body: object; readonly headers?: Record<string, string> }
  | Error;

export const rows: Reply = { status: 200, body: wireRows([{ n: 1 }]) };
export const error = (status: number, message = 'x', headers: Record<string, string> = {}): Reply => ({
  status,
  body: wireError(status, message),
  headers,
});
export const broken = (code: string): Reply => Object.assign(new Error('synthetic'), { code });

/** Different statements, so that no call is shared. */
let statements = 0;
export function anyQuery(haloGuid: string) {
  statements += 1;
  return immediateQuery(haloGuid, { text: `SELECT ${statements} AS n`, parameters: [] });
}

/** A Halo Cloud with scripted responses and a manual clock. */
export function scriptedHalo(reply: (path: string) => Reply | Promise<Reply>, random = () => 0.5) {
  let now = 1_000_000;
  const sent: string[] = [];
  const waits: number[] = [];
  const events: UpstreamEvent[] = [];
  const log = collectLog();
  class ScriptedDispatcher extends Dispatcher {
    override dispatch({ path }: Dispatcher.DispatchOptions, handler: Dispatcher.DispatchHandler): boolean {
      sent.push(path);
      let over = false;
      const end = (settle: () => void) => {
        if (!over) settle();
        over = true;
      };
      const fail = (error: Error) => end(() => handler.onResponseError?.(controller, error));
      const controller: Dispatcher.DispatchController = {
        aborted: false,
        paused: false,
        reason: null,
        abort: fail,
        pause() {},
        resume() {},
      };
      handler.onRequestStart?.(controller, {});
      Promise.resolve(reply(path)).then((answer) => {
        if (answer instanceof Error) return fail(answer);
        return end(() => {
          const headers = { 'content-type': 'application/json', ...answer.headers };
          handler.onResponseStart?.(controller, answer.status, headers);
          handler.onResponseData?.(controller, Buffer.from(JSON.stringify(answer.body)));
          handler.onResponseEnd?.(controller, {});
        });
      }, fail);
      return true;
    }
  }
  const halo = createHaloCloud({
    baseUrl: origin,
    subscriptionKey: key,
    dispatcher: new ScriptedDispatcher(),
    log,
    clock: () => now,
    random,
    observe: (event) => events.push(event),
    async wait(ms, signal) {
      waits.push(ms);
      signal.throwIfAborted();
    },
  });
  return {
    halo,
    log,
    sent,
    waits,
    events,
    pass: (ms: number) => {
      now += ms;
    },
  };
}
