import { Refusal } from '../answer.ts';

/** Faults between Halo Cloud and the webhook receiver, by name. */
const faults = ['lose', 'duplicate', 'forge', 'reorder', 'replay', 'late', 'oversize'] as const;

export type WebhookFault = (typeof faults)[number] | { readonly delayMs: number };

/** `delay-5000` delays by 5,000 milliseconds. Throws a Refusal 400 for an unknown fault. */
export function readWebhookFault(value: unknown): WebhookFault | null {
  if (value === null) return null;
  const named = faults.find((each) => each === value);
  const delay = typeof value === 'string' ? /^delay-(\d{1,7})$/.exec(value) : null;
  if (named) return named;
  if (delay) return { delayMs: Number(delay[1]) };
  throw new Refusal(400, `Say { "fault": null } or one of ${faults.join(', ')}, delay-5000.`);
}
