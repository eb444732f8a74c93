/** One client for the page: the credential, the sandbox's fault, and what each answer cost. */
import { ClientError, GraphQLClient } from 'graphql-request';
import { useSyncExternalStore } from 'react';

export const url: string = import.meta.env.VITE_HALO_GRAPH_URL ?? 'http://127.0.0.1:4000/graphql';

interface Settings {
  /** The API key; empty in the sandbox. */
  readonly key: string;
  /** Sent as `x-sandbox-fault`; empty: none. */
  readonly fault: string;
  /** Charged calls of this page so far. */
  readonly charged: number;
  /** Charged calls of the last answer. */
  readonly lastCharged: number;
}

let settings: Settings = { key: sessionStorage.getItem('key') ?? '', fault: '', charged: 0, lastCharged: 0 };
const listeners = new Set<() => void>();

export function change(part: Partial<Settings>): void {
  settings = { ...settings, ...part };
  sessionStorage.setItem('key', settings.key);
  for (const listener of listeners) listener();
}

export const useSettings = (): Settings =>
  useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => settings,
  );

interface HaloExtensions {
  readonly halo?: { readonly cost?: { readonly charged: number } };
}

export const headers = (): Record<string, string> => ({
  ...(settings.key && { authorization: `Bearer ${settings.key}` }),
  ...(settings.fault && { 'x-sandbox-fault': settings.fault }),
});

export const client = new GraphQLClient(url, {
  headers,
  responseMiddleware: (answer) => {
    const response = answer instanceof ClientError ? answer.response : answer;
    if (response instanceof Error) return;
    countCost(response.extensions);
  },
});

/** Counts what an answer or an event cost. */
export function countCost(extensions: unknown): void {
  const charged = (extensions as HaloExtensions | undefined)?.halo?.cost?.charged ?? 0;
  change({ charged: settings.charged + charged, lastCharged: charged });
}

/** The code of a failed answer: `SITE_UNAVAILABLE`, `UNAUTHENTICATED`, ...; undefined when nothing answered. */
export function codeOf(error: unknown): string | undefined {
  if (!(error instanceof ClientError)) return undefined;
  return error.response.errors?.[0]?.extensions?.code as string | undefined;
}

/** What the person at the desk reads. */
export function messageOf(error: unknown): string {
  const message = error instanceof ClientError ? error.response.errors?.[0]?.message : undefined;
  return message ?? 'The server does not answer. Check the connection.';
}
