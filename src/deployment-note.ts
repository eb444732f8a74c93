import type { Config } from './config.ts';
import { defaultDeployment } from './environment.ts';

/** What an operator of a production server should know about the name of its registered queries; null: nothing. */
export function deploymentNote({
  environment,
  live: { source, deployment },
}: Pick<Config, 'environment' | 'live'>): { readonly said: string; readonly fix: string } | null {
  if (environment !== 'production' || source === 'poll' || deployment !== defaultDeployment) return null;
  return {
    said: `LIVE_DEPLOYMENT is "${defaultDeployment}". Another deployment with this subscription and the same name cancels the registered queries of this one.`,
    fix: 'LIVE_DEPLOYMENT: set it to a name of this deployment, the same for all of its replicas.',
  };
}
