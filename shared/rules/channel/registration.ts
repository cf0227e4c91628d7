import type { FailedCall } from '../../contract/failed-call.ts';

/** What the provider says when it is asked which webhook it has. `headers` null: it shows none. */
export type WebhookReading =
  | { kind: 'found'; url: string | null; headers: Record<string, string> | null }
  | FailedCall;
/** What the provider says when it is given a webhook. */
export type WebhookSetting = { kind: 'accepted' } | FailedCall;

/** The webhook a channel registers: its own address, and the headers the provider is to send with it. */
export interface WantedWebhook {
  url: string;
  headers: Record<string, string>;
}

/** How a registration ended, after it was read back. */
export type Registration =
  | { kind: 'registered' }
  | FailedCall
  /** The provider accepted it, but shows something else afterwards, or nothing. */
  | { kind: 'not-kept'; missing: 'address' | 'header' };

/**
 * Judges a registration by what the provider shows afterwards, not by what it said: it has accepted
 * webhooks it did not keep, and kept ones whose answer was lost.
 */
export function judgeRegistration(
  wanted: WantedWebhook,
  setting: WebhookSetting,
  readBack: WebhookReading,
): Registration {
  if (setting.kind === 'refused') return setting;
  const missing = readBack.kind === 'found' ? missingPart(wanted, readBack) : null;
  if (readBack.kind === 'found' && missing === null) return { kind: 'registered' };
  if (setting.kind === 'unreachable') return setting;
  return missing ? { kind: 'not-kept', missing } : (readBack as FailedCall);
}

/** What of a wanted webhook the provider does not have; null: it has all of it. */
export function missingPart(
  wanted: WantedWebhook,
  found: { url: string | null; headers: Record<string, string> | null },
): 'address' | 'header' | null {
  if (found.url === null || !sameAddress(found.url, wanted.url)) return 'address';
  if (found.headers === null) return null; // a host that does not show headers proves nothing
  const kept = new Map(Object.entries(found.headers).map(([name, value]) => [lower(name), value]));
  const all = Object.entries(wanted.headers).every(
    ([name, value]) => kept.get(lower(name)) === value,
  );
  return all ? null : 'header';
}

/** The address of a webhook at the provider that is not this channel's; null: none, or its own. */
export function foreignWebhook(found: WebhookReading | null, ownRoot: string): string | null {
  if (found?.kind !== 'found' || !found.url || found.url.startsWith(ownRoot)) return null;
  if (!URL.canParse(found.url)) return found.url;
  const url = new URL(found.url);
  // Credentials may stand in the address (docs/360dialog.md#webhook-registration): secrets of another owner.
  url.username = '';
  url.password = '';
  return url.href;
}

const sameAddress = (a: string, b: string): boolean =>
  a === b || (URL.canParse(a) && URL.canParse(b) && new URL(a).href === new URL(b).href);

const lower = (name: string) => name.toLowerCase();
