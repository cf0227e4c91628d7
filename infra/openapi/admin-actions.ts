import type { FailureCode } from '../../shared/kernel/failure.ts';

interface AdminAction {
  name: string;
  summary: string;
  description: string;
  /** Whether a secret is replaced: then `now` may be asked for. */
  rotates?: true;
  /** Refusals of its own. */
  codes?: FailureCode[];
}

/** What can be done with a channel: `POST /admin/channels/{id}/{action}`. */
export const ADMIN_ACTIONS: readonly AdminAction[] = [
  {
    name: 'activate',
    summary: 'Turns a channel on and registers its webhook',
    description:
      'Registers address and secret header at 360dialog and reads them back. Warnings stop nothing; only an agent that says it is not ready does, and a token that another active channel has. An active channel is registered again.',
    codes: ['agent-not-ready', 'token-in-use'],
  },
  {
    name: 'deactivate',
    summary: 'Turns a channel off',
    description: '360dialog is left alone: it goes on posting, is answered 200, and it is dropped.',
  },
  {
    name: 'check',
    summary: 'Looks whether a channel works',
    description:
      'Changes nothing. `findings` say what each thing means and, unless it is ok, what to do.',
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
