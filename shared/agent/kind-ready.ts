import type { AgentKind } from '../contract/agent-kind.ts';
import type { Readiness, ReadyDoubt } from '../rules/channel/activation.ts';
import type { AgentCall } from './http-agent.ts';
import { kindOf } from './kind-of.ts';
import { sendRequest } from './kind-request.ts';

interface KindQuestion extends Pick<AgentCall, 'channel' | 'secrets' | 'reach'> {
  eventId: string;
  timeoutMs: number;
}

/** Longer than any list of models. */
const MAX_BYTES = 4 * 1024 * 1024;

/**
 * Asks an agent of another kind than `http` what costs nothing and changes nothing, as far as its kind has
 * such a question. Never throws.
 */
export async function askKindWhetherReady(
  { channel: { agent }, secrets, eventId, reach, timeoutMs }: KindQuestion,
  name: Exclude<AgentKind, 'http'>,
): Promise<Readiness> {
  const kind = kindOf(name);
  const check = kind.check({
    settings: agent,
    url: agent.url,
    apiKey: secrets.agent_api_key ?? null,
  });
  if (!check) return { kind: 'unasked' };
  const outcome = await sendRequest(check.request, {
    secrets,
    eventId,
    reach,
    timeoutMs,
    maxBytes: MAX_BYTES,
    awsKeys: () => ({ accessKeyId: '', secretAccessKey: '' }),
  });
  if (outcome.kind !== 'answered') return { kind: 'silent', reason: outcome.reason };
  const { status } = outcome;
  if (status >= 500) return { kind: 'silent', reason: `HTTP ${status}` };
  const why = doubtAbout(status);
  if (why) return { kind: 'ready', doubt: { why, status } };
  return { kind: 'ready', found: check.read(outcome) };
}

function doubtAbout(status: number): ReadyDoubt['why'] | null {
  if (status === 401 || status === 403) return 'key-refused';
  return status >= 300 && status < 400 ? 'redirects' : null;
}
