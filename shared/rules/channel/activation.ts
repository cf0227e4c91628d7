import type { Warning } from '../../contract/channel-answer.ts';
import type { Registration } from './registration.ts';

/** Why an answer to `ready` makes one doubt that the agent will answer visitors. */
export interface ReadyDoubt {
  why: 'unauthorized' | 'not-found' | 'redirects' | 'html' | 'refuses' | 'key-refused';
  status: number;
}

/** What the agent answered when it was asked whether it is ready. */
export type Readiness =
  /** `doubt`: it answered, but hardly as the agent of this channel would. */
  /** `found`: what it said of itself, in a sentence, where its kind can be asked. */
  | { kind: 'ready'; doubt?: ReadyDoubt; found?: string }
  /** Its kind has no question that costs nothing and changes nothing. */
  | { kind: 'unasked' }
  /** It said `"ready": false`: the one answer that stops an activation. */
  | { kind: 'not-ready'; reason: string | null }
  | { kind: 'silent'; reason: string };

/**
 * What the operator is told about a channel that was activated although something did not work: an
 * agent or a provider that is away for a while must not stop an activation. The two provider titles
 * are the original platform's, letter for letter. Null: that side was not asked.
 */
export function activationWarnings(
  agent: Readiness | null,
  registration: Registration | null,
): Warning[] {
  return [...registrationWarnings(registration), ...agentWarnings(agent)];
}

function registrationWarnings(registration: Registration | null): Warning[] {
  switch (registration?.kind) {
    case 'unreachable':
      return [
        {
          code: 'provider-unreachable',
          title: 'Can’t reach channel',
          detail: `360dialog did not answer (${registration.reason}). Activate the channel again when it does; if base_url is set, check it.`,
        },
      ];
    case 'refused':
      return [notRegistered(refusalDetail(registration.status, registration.words))];
    case 'not-kept':
      return [
        notRegistered(
          registration.missing === 'address'
            ? '360dialog accepted the webhook but shows another one, or none, when asked. Activate again in a minute; if it stays so, paste webhook_url in the 360dialog Hub.'
            : '360dialog keeps the address but not its secret header. Messages arrive unless require_webhook_header is set; activate again to register the header.',
        ),
      ];
    default:
      return [];
  }
}

function refusalDetail(status: number, words: string | null): string {
  const said = words ? ` It said: ${words}` : '';
  return status === 401 || status === 403
    ? `360dialog rejected the API key (HTTP ${status}).${said} Copy the key from the 360dialog Hub and save it as the channel’s token.`
    : `360dialog refused the webhook (HTTP ${status}).${said} Activate again, or paste webhook_url in the 360dialog Hub.`;
}

const notRegistered = (detail: string): Warning => ({
  code: 'webhook-not-registered',
  title: 'Couldn’t register agent webhook',
  detail,
});

const agentWarnings = (agent: Readiness | null): Warning[] =>
  agent?.kind === 'silent'
    ? [
        {
          code: 'agent-silent',
          title: 'Agent did not answer',
          detail: `The agent was asked whether it is ready and did not answer (${agent.reason}). Start it, or correct agent.url; messages wait for it and are tried again for some minutes.`,
        },
      ]
    : [];
