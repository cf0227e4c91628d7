import type { FailureCode } from '../../shared/kernel/failure.ts';

interface AdminAction {
  name: string;
  summary: string;
  description: string;
  /** Whether it replaces a secret: then the caller may ask for `now`. */
  rotates?: true;
  /** The schema of what may be sent with it, and an example. */
  body?: { schema: string; example: Record<string, unknown> };
  /** Codes of refusals that only this action has. */
  codes?: FailureCode[];
}

/** What can be done with a channel: `POST /admin/channels/{id}/{action}`. */
export const ADMIN_ACTIONS: readonly AdminAction[] = [
  {
    name: 'activate',
    summary: 'Turns a channel on and registers its webhook',
    description:
      'Registers the webhook address and the secret header at 360dialog and reads them back. It is refused when the agent says that it is not ready, and when another active channel has the token. Anything else that does not work is a warning, and the channel is active. An active channel is registered again.',
    codes: ['agent-not-ready', 'token-in-use'],
  },
  {
    name: 'deactivate',
    summary: 'Turns a channel off',
    description:
      'Changes nothing at 360dialog: it goes on posting and is answered 200, and what it posts is dropped.',
  },
  {
    name: 'hold',
    summary: 'Lets the agent be asked nothing for a while',
    description:
      'Visitors are recorded as always, and what was accepted to be sent goes. Each visitor who writes is told the text, once; without one they are told nothing. Incoming Requests and notifications are refused meanwhile.',
    body: { schema: 'HoldRequest', example: { text: 'We are back at nine.' } },
  },
  {
    name: 'resume',
    summary: 'Lets the agent be asked again',
    description:
      'From the next message on; the next event of each chat tells the agent how many messages it `missed`.',
  },
  {
    name: 'check',
    summary: 'Checks whether a channel works',
    description:
      'Changes nothing. Each of the `findings` says what it means and, unless it is ok, what to do. With `ask` the agent is asked this one real question as a test turn, which is of no chat and leaves nothing in any; `asked` has its answer in words, or why there is none.',
    body: { schema: 'CheckRequest', example: { ask: 'ping' } },
  },
  {
    name: 'rotate-webhook-token',
    summary: 'Gives it a new webhook address and secret header',
    description:
      'An active channel is registered at 360dialog again. The old pair stays valid for 8 days.',
    rotates: true,
  },
  {
    name: 'rotate-api-key',
    summary: 'Gives it a new API key, shown in this answer only',
    description: 'The old one stays valid for 24 hours.',
    rotates: true,
  },
  {
    name: 'rotate-agent-secret',
    summary: 'Gives it a new key to sign events with, shown in this answer only',
    description: 'For 24 hours events carry a signature of the old one as well.',
    rotates: true,
  },
  {
    name: 'rotate-incoming-request-token',
    summary: 'Gives it a new address for Incoming Requests',
    description: 'The old one stays valid for 24 hours.',
    rotates: true,
  },
];
