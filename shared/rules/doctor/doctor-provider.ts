import type { Channel } from '../../contract/channel.ts';
import type { DoctorFinding } from '../../contract/channel-answer.ts';
import type { FailedCall } from '../../contract/failed-call.ts';
import type { NumberHealth } from '../../contract/number-health.ts';
import { nearest } from '../../kernel/nearest.ts';
import { missingPart, type WantedWebhook, type WebhookReading } from '../channel/registration.ts';
import { note, ok, problem } from './doctor-finding.ts';

/** What the provider says of the number, as the doctor saw it. */
export interface ProviderFacts {
  wanted: WantedWebhook;
  webhook: WebhookReading;
  health: NumberHealth;
  templates:
    | {
        kind: 'listed';
        /** `gaps`: what its body leaves open, positions or names; null: that is not known. */
        templates: (Named & { status: string; gaps: string[] | null })[];
        more: boolean;
      }
    | { kind: 'none' }
    | FailedCall;
  /** What the fallback template of the channel fills of its body. */
  filled: string[];
}

/** The provider's side of the doctor: key, webhook, number, templates. */
export function providerFindings(
  channel: Pick<Channel, 'active' | 'base_url' | 'options'>,
  { wanted, webhook, health, templates, filled }: ProviderFacts,
): DoctorFinding[] {
  const key = keyFinding(channel, webhook);
  // Without a valid key the other questions got the same answer again.
  if (webhook.kind !== 'found') return [key];
  return [
    key,
    webhookFinding(channel, wanted, webhook),
    ...healthFindings(health),
    ...templateFindings(channel, templates, filled),
  ];
}

function keyFinding(
  { base_url }: Pick<Channel, 'base_url'>,
  webhook: WebhookReading,
): DoctorFinding {
  if (webhook.kind === 'found') {
    return ok('key-valid', 'The API key is valid', '360dialog accepts the channel’s token.');
  }
  if (webhook.kind === 'unreachable') {
    return problem(
      'provider-unreachable',
      'Can’t reach channel',
      `360dialog did not answer (${webhook.reason}). Nothing can be sent while this lasts; replies wait.`,
      base_url === null ? 'Check again in some minutes.' : 'Check base_url, or check again later.',
    );
  }
  const said = webhook.words ? ` It said: ${webhook.words}` : '';
  if (webhook.status !== 401 && webhook.status !== 403) {
    return problem(
      'provider-refuses',
      '360dialog refuses to answer',
      `Asked for the webhook of this number it answers HTTP ${webhook.status}.${said}`,
      'Look at the account and the number in the 360dialog Hub; if base_url is set, check it.',
    );
  }
  return problem(
    'key-rejected',
    'The API key is rejected',
    `360dialog answers HTTP ${webhook.status} to the channel’s token. Nothing can be sent.${said}`,
    'Copy the key from the 360dialog Hub and save it as the channel’s token. A new key also clears the webhook: activate again.',
  );
}

function webhookFinding(
  { active }: Pick<Channel, 'active'>,
  wanted: WantedWebhook,
  webhook: Extract<WebhookReading, { kind: 'found' }>,
): DoctorFinding {
  const missing = missingPart(wanted, webhook);
  if (missing === null) {
    return ok(
      'webhook-ours',
      'The webhook is ours',
      '360dialog posts this number’s messages here.',
    );
  }
  if (missing === 'header') {
    return note(
      'webhook-without-header',
      'The webhook has no secret header',
      '360dialog posts here without x-webhook-secret, as a URL pasted by hand does. Messages arrive unless require_webhook_header is set.',
      'Activate the channel again: that registers the header.',
    );
  }
  if (webhook.url && isSamePath(webhook.url, wanted.url)) {
    return note(
      'webhook-at-other-address',
      'The webhook is at another address of this channel',
      '360dialog posts this number’s messages to the path of this channel, but under another host. They arrive for as long as that address is open.',
      'Activate the channel again before you close that address.',
    );
  }
  const detail = webhook.url
    ? '360dialog posts this number’s messages to another address.'
    : '360dialog has no webhook for this number.';
  const cure = 'Activate the channel again, or paste webhook_url in the 360dialog Hub.';
  const title = webhook.url ? 'The webhook is not ours' : 'There is no webhook';
  const code = webhook.url ? 'webhook-foreign' : 'webhook-missing';
  return active
    ? problem(code, title, `${detail} The agent hears nothing.`, cure)
    : note(code, title, detail, 'Activating the channel registers its own.');
}

/** After the stack was given a domain of its own, channels stay registered under the address it had before. */
function isSamePath(registered: string, wanted: string): boolean {
  const [theirs, ours] = [URL.parse(registered), URL.parse(wanted)];
  return theirs !== null && ours !== null && theirs.pathname === ours.pathname;
}

function healthFindings(health: NumberHealth): DoctorFinding[] {
  switch (health.kind) {
    case 'healthy':
      return [ok('number-healthy', 'The number can send', 'WhatsApp reports no limitation.')];
    case 'impaired': {
      const causes = health.causes.map(({ part, cure }) => (cure ? `${part}: ${cure}` : part));
      return [
        problem(
          'number-impaired',
          'The number is limited or blocked',
          `WhatsApp reports ${health.state}. Some or all messages will not go.`,
          causes.join(' · ') || 'Look at the number’s status in the 360dialog Hub.',
        ),
      ];
    }
    case 'unknown':
      return []; // the sandbox has no such question: that is no finding
    default:
      return [unreadable('number-health', 'The number’s health', health)];
  }
}

function templateFindings(
  { options }: Pick<Channel, 'options'>,
  list: ProviderFacts['templates'],
  filled: string[],
): DoctorFinding[] {
  if (list.kind === 'none') return [];
  if (list.kind !== 'listed') return [unreadable('templates', 'The list of templates', list)];
  const approved = list.templates.filter(({ status }) => status === 'APPROVED');
  const count = `${approved.length}${list.more ? ' or more' : ''}`;
  const howMany = approved.length
    ? ok('templates-approved', `Approved templates: ${count}`, 'The agent can write first.')
    : note(
        'templates-none',
        'No approved template',
        'The agent can answer, but cannot write first or after 24 hours.',
        'Create a template in the 360dialog Hub and wait for its approval.',
      );
  const wanted = options.fallback_template;
  const known = approved.find((t) => t.name === wanted?.name && t.language === wanted?.language);
  if (wanted && known) return [howMany, ...fillingFindings(known, filled)];
  if (!wanted || list.more) return [howMany];
  return [
    howMany,
    problem(
      'fallback-template-unknown',
      'The fallback template is not approved',
      `No approved template is called ${wanted.name} in ${wanted.language}: outside the 24-hour window nothing goes.${whatThereIs(wanted, list.templates)}`,
      'Correct options.fallback_template, or have the template approved.',
    ),
  ];
}

/** WhatsApp refuses a template that is filled with more, less or something else than its body leaves open. */
function fillingFindings(
  { name, language, gaps }: Named & { gaps: string[] | null },
  filled: string[],
): DoctorFinding[] {
  const isByName = gaps?.some((gap) => !/^\d+$/.test(gap)) ?? false;
  const fits =
    gaps?.length === filled.length && (!isByName || gaps.every((gap) => filled.includes(gap)));
  if (gaps === null || fits) return [];
  return [
    problem(
      'fallback-template-parameters',
      'The fallback template’s parameters do not fit',
      `The body of ${name} in ${language} wants ${counted(gaps)}, and options.fallback_template has ${counted(filled)}: WhatsApp refuses it, and outside the 24-hour window nothing goes.`,
      'Correct parameters of options.fallback_template.',
    ),
  ];
}

const counted = (parameters: string[]): string =>
  parameters.length === 0
    ? 'no parameter'
    : `${parameters.length} parameter${parameters.length === 1 ? '' : 's'} (${parameters.join(', ')})`;

/** What the operator may have meant: the same name in other languages or states, or a name like it. */
function whatThereIs(wanted: Named, listed: (Named & { status: string })[]): string {
  const same = listed.filter(({ name }) => name === wanted.name);
  if (same.length > 0) {
    const ways = same.map(({ language, status }) => `${language} (${status})`).slice(0, 10);
    return ` There is ${wanted.name} in ${ways.join(', ')}.`;
  }
  const near = nearest(wanted.name, [...new Set(listed.map(({ name }) => name))]);
  return near ? ` There is ${near}.` : '';
}

interface Named {
  name: string;
  language: string;
}

const unreadable = (about: string, name: string, failed: FailedCall): DoctorFinding =>
  note(
    `${about}-unreadable`,
    `${name} could not be read`,
    failed.kind === 'refused' ? `360dialog answered HTTP ${failed.status}.` : `${failed.reason}.`,
    'Check again later. Messages are not affected.',
  );
