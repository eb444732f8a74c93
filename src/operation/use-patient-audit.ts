import type { Plugin } from 'graphql-yoga';
import { stateOf } from './request-state.ts';

/** What an operation read of patients is on record before its answer goes out. */
export function usePatientAudit(): Plugin {
  return {
    onResultProcess({ request }) {
      stateOf(request).context?.audit.close();
    },
  };
}
