/** What subscribers receive, and why a watch looks for changes. Metrics have these as labels. */
export const liveEventKinds = ['snapshot', 'changed', 'gap', 'failed'] as const;
/** `webhook`: Halo Cloud reported a result. `write`: a write through this API, on any replica. `replica`: another replica detected changes. */
export const liveHintKinds = ['webhook', 'write', 'replica'] as const;

export interface CountLive {
  event(kind: (typeof liveEventKinds)[number]): void;
  hint(kind: (typeof liveHintKinds)[number]): void;
}
