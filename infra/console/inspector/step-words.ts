import type { Step } from '../../local/inspector/trail.ts';
import type { IconName } from '../shell/icon.tsx';
import { duration } from '../words/times.ts';
import { isWord, say } from '../words/translate.ts';
import type { Row } from './way.ts';

export const STEP_ICONS: Record<Step['kind'], IconName> = {
  webhook: 'link',
  endpoint: 'link',
  queue: 'list',
  worker: 'replay',
  agent: 'bot',
  transcriber: 'mic',
  send: 'send',
  provider: 'phone',
  file: 'file',
  statuses: 'check',
  news: 'bot',
  wait: 'clock',
};

/** What a row is called. */
export function rowName({ step, status }: Row): string {
  if (status) {
    const word = `status.${status}`;
    return say('step.status', { status: isWord(word) ? say(word) : status });
  }
  if (step.kind === 'queue') return say('step.queue', { queue: String(step.facts.queue) });
  if (step.kind === 'provider') return providerName(step);
  if (step.kind === 'wait') return waitName(step);
  return say(`step.${step.kind}`);
}

function providerName({ request, facts }: Step): string {
  const body = (request?.body ?? {}) as { status?: string; type?: string };
  if (body.status === 'read') return say('step.provider.read');
  if (body.type) return say('step.provider.send', { type: body.type });
  const path = request?.url ? new URL(request.url).pathname.split('/').at(-1) : '';
  return say('step.provider', { path: path || String(facts.status ?? '') });
}

function waitName({ facts }: Step): string {
  if (facts.for === 'visitor') return say('step.wait.visitor');
  if (facts.for === 'agent') {
    return say('step.wait.agent', { span: duration(Number(facts.wait_ms ?? 0)) });
  }
  return say('step.wait.retry');
}

/** In a few words how it went: the status of a call, an attempt, a reason. */
export function rowFacts({ facts, log }: Step): string[] {
  const { attempt, reason, error, died } = facts;
  const ended = log.findLast(({ name }) => name === 'part-ended' || name === 'part-parked');
  const { code, status } = ended?.facts ?? {};
  const outcome = typeof status === 'string' && status !== 'accepted' ? `status.${status}` : '';
  return [
    attempt === undefined ? '' : say('step.attempt', { n: Number(attempt) }),
    isWord(outcome) ? say(outcome) : '',
    typeof code === 'string' ? code : '',
    String(reason ?? error ?? ''),
    died === undefined ? '' : say('step.died', { reason: String(died) }),
  ].filter(Boolean);
}
