/** The command that does what the cure of a finding says, by the finding's code; others need a person's choice. */
const CURES: Record<string, (channel: string) => string[]> = {
  'channel-inactive': activate,
  'channel-held': (channel) => ['resume', channel],
  'header-missing': activate,
  'webhook-without-header': activate,
  'webhook-at-other-address': activate,
  'webhook-foreign': activate,
  'webhook-missing': activate,
  'key-rejected': (channel) => ['edit', channel, '--token'],
  'agent-unauthorized': (channel) => ['rotate', channel, 'agent-secret'],
  'agent-waited-for': () => ['status'],
  'provider-waited-for': () => ['status'],
  'dead-letters-left': (channel) => ['dead-letters', 'list', '--channel', channel],
  'agent-not-asked': (channel) => ['check', channel, '--ask', 'ping'],
};

/** The words of the command that cures a finding; null: no single one does. */
export const cureCommand = (code: string, channel: string): string[] | null =>
  Object.hasOwn(CURES, code) ? (CURES[code]?.(channel) ?? null) : null;

function activate(channel: string): string[] {
  return ['activate', channel];
}
