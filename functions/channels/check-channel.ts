import type { ChannelAnswer } from '../../shared/contract/channel-answer.ts';
import { checkRequestSchema } from '../../shared/contract/check-request.ts';
import { readHealth } from '../../shared/dialog360/health.ts';
import { readTemplates, type TemplateList } from '../../shared/dialog360/templates.ts';
import { readRegisteredWebhook } from '../../shared/dialog360/webhook-registration.ts';
import { exchange } from '../../shared/kernel/http.ts';
import { parse } from '../../shared/kernel/parse.ts';
import { channelStatus } from '../../shared/rules/channel/channel-status.ts';
import { type HomeFacts, homeFindings } from '../../shared/rules/doctor/doctor-home.ts';
import { type ProviderFacts, providerFindings } from '../../shared/rules/doctor/doctor-provider.ts';
import { readLastSeen } from '../../shared/store/channel/last-seen.ts';
import { countLetters } from '../../shared/store/dead-letters.ts';
import { checkTranscriber } from '../../shared/transcriber/check-transcriber.ts';
import { bodyFilling, bodyGaps } from '../../shared/whatsapp/template-body.ts';
import { answerAbout } from './answer-about.ts';
import { askReadiness } from './ask-readiness.ts';
import { askTestTurn } from './ask-test-turn.ts';
import { otherHolderOf } from './claim-token.ts';
import type { ChannelsDeps } from './deps.ts';
import { type LoadedChannel, loadChannel } from './load-channel.ts';
import { newId } from './new-id.ts';
import { providerAccount } from './provider-account.ts';
import { redactBlockReason } from './redact-block-reason.ts';
import { wantedWebhook } from './register-webhook.ts';
import { MOST_LETTERS } from './show-status.ts';
import { providerCallLimits, startTimeBudget, type TimeBudget } from './time-budget.ts';

/**
 * The doctor: looks at everything that must be right for a channel to work and changes nothing, so that
 * an operator learns of a setup that is only half done. With `ask` the agent is really asked, too, and its
 * answer goes nowhere but to the operator. Throws `request-invalid`, `channel-unknown`.
 */
export async function checkChannel(
  deps: ChannelsDeps,
  channelId: string,
  body: unknown,
): Promise<ChannelAnswer> {
  const { ask } = parse(checkRequestSchema, body);
  const loaded = await loadChannel(deps, channelId);
  const timeBudget = startTimeBudget(deps);
  const [provider, seen, asked] = await Promise.all([
    askProvider(deps, loaded, timeBudget),
    lookAtHome(deps, loaded, timeBudget),
    ask ? askTestTurn(deps, loaded, ask) : null,
  ]);
  const channel = redactBlockReason(loaded.channel);
  const findings = [
    ...homeFindings(channel, { ...seen, asked }),
    ...providerFindings(channel, provider),
  ];
  return answerAbout(deps, loaded, { findings, ...(asked && { asked }) });
}

async function askProvider(
  deps: ChannelsDeps,
  loaded: LoadedChannel,
  timeBudget: TimeBudget,
): Promise<ProviderFacts> {
  const account = providerAccount(loaded);
  const limits = providerCallLimits(deps, timeBudget);
  const [webhook, health, templates] = await Promise.all([
    readRegisteredWebhook(account, limits),
    readHealth(account, limits),
    readTemplates(account, limits),
  ]);
  return {
    wanted: wantedWebhook(deps, loaded),
    webhook,
    health,
    templates: templates.kind === 'listed' ? withGaps(templates) : templates,
    filled: bodyFilling(loaded.channel.options.fallback_template ?? {}),
  };
}

const withGaps = ({ templates, ...list }: Extract<TemplateList, { kind: 'listed' }>) => ({
  ...list,
  templates: templates.map((one) => ({ ...one, gaps: bodyGaps(one.components) })),
});

async function lookAtHome(
  deps: ChannelsDeps,
  loaded: LoadedChannel,
  timeBudget: TimeBudget,
): Promise<Omit<HomeFacts, 'asked'>> {
  const [agent, transcriber, endpoint, lastSeen, lambdaLimit, keyHolder, letters] =
    await Promise.all([
      askReadiness(deps, loaded, timeBudget),
      askTranscriberState(deps, loaded, timeBudget),
      callOwnEndpoint(deps, loaded, timeBudget),
      readLastSeen(deps.table, loaded.channel.id),
      deps.lambdaLimit(),
      otherHolderOf(deps, loaded.channel),
      countLetters(deps.table, loaded.channel.id, { most: MOST_LETTERS, now: deps.now() }),
    ]);
  const { concurrency } = deps;
  const checkedAt = deps.now();
  const left = channelStatus(loaded.channel, { lastSeen, letters });
  const seen = { agent, transcriber, endpoint, lastSeen, lambdaLimit, concurrency, keyHolder };
  return { ...seen, checkedAt, left };
}

async function askTranscriberState(
  { reach }: ChannelsDeps,
  { channel, secrets }: LoadedChannel,
  timeBudget: TimeBudget,
): Promise<HomeFacts['transcriber']> {
  const { transcription: settings } = channel.options;
  if (!settings) return null;
  return checkTranscriber({ settings, secrets, reach, timeoutMs: timeBudget.callMs() });
}

/** Calls our own webhook address as a GET with `hub.challenge`, and looks whether our function answers. */
async function callOwnEndpoint(
  deps: ChannelsDeps,
  loaded: LoadedChannel,
  timeBudget: TimeBudget,
): Promise<HomeFacts['endpoint']> {
  const challenge = newId('challenge', deps);
  const query = new URLSearchParams({ 'hub.mode': 'subscribe', 'hub.challenge': challenge });
  const outcome = await exchange({
    method: 'GET',
    url: `${wantedWebhook(deps, loaded).url}?${query}`,
    timeoutMs: timeBudget.callMs(),
    maxBytes: 64 * 1024,
    reach: deps.reach,
  });
  if (outcome.kind !== 'answered') return { kind: 'silent', reason: outcome.reason };
  const ours = outcome.status === 200 && outcome.body.toString('utf8') === challenge;
  return { kind: 'answered', status: outcome.status, ours };
}
