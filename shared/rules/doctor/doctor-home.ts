import type { Channel } from '../../contract/channel.ts';
import type { AskedAgent, DoctorFinding } from '../../contract/channel-answer.ts';
import type { Readiness } from '../channel/activation.ts';
import { type Concurrency, limitFindings } from './doctor-account.ts';
import { agentFindings, oddAnswerFindings } from './doctor-agent.ts';
import { note, ok, problem } from './doctor-finding.ts';
import { leftFindings, type WhatIsLeft } from './doctor-left.ts';
import { type TranscriberState, transcriberFindings } from './doctor-transcriber.ts';

/** What is known on our own side, as the doctor saw it. Times are epoch milliseconds. */
export interface HomeFacts {
  agent: Readiness;
  /** What it answered to the operator's question; null: none was asked. */
  asked: AskedAgent | null;
  /** Null: the channel has none. */
  transcriber: TranscriberState | null;
  /** Our own webhook address, asked from here; the status and whether it is our answer. */
  endpoint:
    | { kind: 'answered'; status: number; ours: boolean }
    | { kind: 'silent'; reason: string };
  lastSeen: {
    last_inbound_at: number | null;
    last_standby_at: number | null;
    last_status_at: number | null;
    last_header_at: number | null;
    last_odd_answer_at: number | null;
  };
  checkedAt: number;
  left: WhatIsLeft;
  /** The active channel that holds this one's 360dialog key; null: none but this one. */
  keyHolder: string | null;
  /** How many functions the account may run at once; null where that cannot be read. */
  lambdaLimit: number | null;
  /** How many of them the stack uses; null: it is the local runtime. */
  concurrency: Concurrency | null;
}

/** Our side of the doctor: the channel itself, its endpoint, its agent, and when messages last came in. */
export const homeFindings = (
  channel: Pick<Channel, 'active' | 'options' | 'blocked' | 'hold'>,
  {
    agent,
    asked,
    transcriber,
    endpoint,
    lastSeen,
    lambdaLimit,
    concurrency,
    keyHolder,
    checkedAt,
    left,
  }: HomeFacts,
): DoctorFinding[] => [
  stateFinding(channel),
  ...blockFindings(channel),
  ...holdFindings(channel),
  ...keyHolderFindings(keyHolder),
  ...optionFindings(channel),
  endpointFinding(endpoint),
  ...headerFindings(channel, lastSeen),
  ...agentFindings(agent, asked),
  ...transcriberFindings(transcriber),
  ...oddAnswerFindings(lastSeen.last_odd_answer_at, checkedAt),
  ...lastSeenFindings(lastSeen),
  ...standbyFindings(lastSeen),
  ...leftFindings(left),
  ...limitFindings(lambdaLimit, concurrency),
];

const stateFinding = ({ active }: Pick<Channel, 'active'>): DoctorFinding =>
  active
    ? ok('channel-active', 'The channel is active', 'Messages go to the agent.')
    : note(
        'channel-inactive',
        'The channel is not active',
        'Messages are answered 200 and dropped; the agent hears nothing.',
        'Activate the channel.',
      );

const blockFindings = ({ blocked }: Pick<Channel, 'blocked'>): DoctorFinding[] =>
  blocked
    ? [
        problem(
          'channel-blocked',
          'The channel is blocked',
          `Since ${when(blocked.since)} 360dialog refuses every message of this number (${blocked.code}${blocked.reason && `: ${blocked.reason}`}). Replies wait, each at most options.max_wait_minutes.`,
          'Settle it with 360dialog or Meta: the bill, the policy, the key. It is looked at each minute and goes on by itself; saving the channel, with a new token or as it is, tries again within two minutes.',
        ),
      ]
    : [];

const holdFindings = ({ hold }: Pick<Channel, 'hold'>): DoctorFinding[] =>
  hold
    ? [
        problem(
          'channel-held',
          'The channel is held',
          `Since ${when(hold.since)} the agent is asked nothing: an operator wished so.`,
          'Resume the channel.',
        ),
      ]
    : [];

const optionFindings = ({ options }: Pick<Channel, 'options'>): DoctorFinding[] => [
  ...(options.stop_words?.length > 0 && options.start_words?.length === 0
    ? [
        note(
          'start-words-missing',
          'No word takes a stop word back',
          'options.stop_words end all templates for a visitor who says one of them, for good.',
          'Name a word that takes it back in options.start_words, and tell the visitors.',
        ),
      ]
    : []),
  ...(options.if_window_closed === 'template' && options.fallback_template === null
    ? [
        problem(
          'fallback-template-missing',
          'There is no fallback template',
          'if_window_closed is template, but no template is named: outside the 24-hour window nothing goes.',
          'Set options.fallback_template.',
        ),
      ]
    : []),
];

function endpointFinding(endpoint: HomeFacts['endpoint']): DoctorFinding {
  if (endpoint.kind === 'answered' && endpoint.ours) {
    return ok('endpoint-answers', 'Our own address answers', 'The webhook address can be reached.');
  }
  const said = endpoint.kind === 'answered' ? `HTTP ${endpoint.status}` : endpoint.reason;
  return problem(
    'endpoint-silent',
    'Our own address does not answer',
    `The webhook address was asked from here and gave no answer of ours (${said}). 360dialog cannot deliver either.`,
    'Deploy again; with a domain of your own, check its DNS record and certificate.',
  );
}

function headerFindings(
  { options }: Pick<Channel, 'options'>,
  { last_inbound_at, last_header_at }: HomeFacts['lastSeen'],
): DoctorFinding[] {
  if (last_header_at !== null) {
    return [
      ok('header-arriving', 'The secret header arrives', `Last seen ${when(last_header_at)}.`),
    ];
  }
  if (last_inbound_at === null) return [];
  const title = 'The secret header does not arrive';
  const cure = 'Activate the channel again: that registers the header.';
  return options.require_webhook_header
    ? [problem('header-missing', title, 'Every webhook is refused without it.', cure)]
    : [note('header-missing', title, 'Webhooks are accepted on their secret address alone.', cure)];
}

const keyHolderFindings = (holder: string | null): DoctorFinding[] =>
  holder === null
    ? []
    : [
        problem(
          'key-held-by-another',
          'Another channel has this 360dialog key',
          `The channel ${holder} is active with the same key. One number has one webhook, so only one of the two can be active.`,
          `Deactivate ${holder} and activate this one, or give this one another token.`,
        ),
      ];

const lastSeenFindings = ({
  last_inbound_at,
  last_standby_at,
  last_status_at,
}: HomeFacts['lastSeen']): DoctorFinding[] => [
  ...(last_inbound_at === null && last_standby_at === null
    ? [
        note(
          'inbound-never',
          'No message has come yet',
          'No visitor has written to this number since the channel was made, or the webhook is not ours.',
          'Write to the number from a phone.',
        ),
      ]
    : []),
  ...(last_inbound_at === null
    ? []
    : [ok('inbound-seen', 'Messages come in', `The last one came ${when(last_inbound_at)}.`)]),
  last_status_at === null
    ? note(
        'status-never',
        'No status has come yet',
        'Nothing was sent, or 360dialog reports nothing about it.',
        'Let the agent answer a message.',
      )
    : ok('status-seen', 'Statuses come in', `The last one came ${when(last_status_at)}.`),
];

/** So long without a conversation of Meta's agent, while others come in, and the doctor mentions it no more. */
const STANDBY_PAST_MS = 7 * 24 * 60 * 60 * 1000;

/** Messages that come to Meta's own agent are not ours to answer: an operator may not know why. */
function standbyFindings({ last_inbound_at, last_standby_at }: HomeFacts['lastSeen']) {
  if (last_standby_at === null) return [];
  if (last_inbound_at !== null && last_inbound_at - last_standby_at > STANDBY_PAST_MS) return [];
  return [
    note(
      'meta-agent-answers',
      'Meta’s own agent answers on this number',
      `At ${when(last_standby_at)} a visitor’s message came to Meta Business Agent, or to another app on this number. In such conversations the channel’s agent is not asked.`,
      'If the channel’s agent is to answer, switch Meta Business Agent off for this number, or make your own app the primary responder in Meta Business Suite.',
    ),
  ];
}

const when = (at: number): string => new Date(at).toISOString();
