import type { Channel } from '../../contract/channel.ts';
import type { DoctorFinding } from '../../contract/channel-answer.ts';
import type { Readiness } from '../channel/activation.ts';
import { agentFinding, oddAnswerFindings } from './doctor-agent.ts';
import { note, ok, problem } from './doctor-finding.ts';

/** What is known on our own side, as the doctor saw it. Times are epoch milliseconds. */
export interface HomeFacts {
  agent: Readiness;
  /** Our own webhook address, asked from here; the status and whether it is our answer. */
  endpoint:
    | { kind: 'answered'; status: number; ours: boolean }
    | { kind: 'silent'; reason: string };
  lastSeen: {
    last_inbound_at: number | null;
    last_status_at: number | null;
    last_header_at: number | null;
    last_odd_answer_at: number | null;
  };
  checkedAt: number;
  /** The active channel that holds this one's 360dialog key; null: none but this one. */
  keyHolder: string | null;
  /** How many functions the account may run at once; null where that cannot be read. */
  lambdaLimit: number | null;
}

/** Three queues with up to five functions each (the default), the endpoints, and room to spare. */
const COMFORTABLE_LAMBDA_LIMIT = 50;

/** Our side of the doctor: the channel itself, its endpoint, its agent, and when messages last came in. */
export const homeFindings = (
  channel: Pick<Channel, 'active' | 'options' | 'blocked'>,
  { agent, endpoint, lastSeen, lambdaLimit, keyHolder, checkedAt }: HomeFacts,
): DoctorFinding[] => [
  stateFinding(channel),
  ...blockFindings(channel),
  ...keyHolderFindings(keyHolder),
  ...optionFindings(channel),
  endpointFinding(endpoint),
  ...headerFindings(channel, lastSeen),
  agentFinding(agent),
  ...oddAnswerFindings(lastSeen.last_odd_answer_at, checkedAt),
  ...lastSeenFindings(lastSeen),
  ...limitFindings(lambdaLimit),
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
          'Settle it with 360dialog or Meta: the bill, the policy, the key. It is looked at each minute and goes on by itself; saving the channel, with a new token or as it is, tries at once.',
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
  last_status_at,
}: HomeFacts['lastSeen']): DoctorFinding[] => [
  last_inbound_at === null
    ? note(
        'inbound-never',
        'No message has come yet',
        'No visitor has written to this number since the channel was made, or the webhook is not ours.',
        'Write to the number from a phone.',
      )
    : ok('inbound-seen', 'Messages come in', `The last one came ${when(last_inbound_at)}.`),
  last_status_at === null
    ? note(
        'status-never',
        'No status has come yet',
        'Nothing was sent, or 360dialog reports nothing about it.',
        'Let the agent answer a message.',
      )
    : ok('status-seen', 'Statuses come in', `The last one came ${when(last_status_at)}.`),
];

const limitFindings = (limit: number | null): DoctorFinding[] =>
  limit === null || limit >= COMFORTABLE_LAMBDA_LIMIT
    ? []
    : [
        note(
          'lambda-limit-low',
          'The AWS account may run few functions',
          `At most ${limit} run at once in this account: under load messages wait for one another.`,
          'Ask AWS for more “Concurrent executions” of Lambda under Service Quotas; it is free.',
        ),
      ];

const when = (at: number): string => new Date(at).toISOString();
