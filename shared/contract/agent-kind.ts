/** What an agent can be (docs/contract.md#kinds-of-agents): `http` speaks our own contract, each other kind a wire of its own. */
export const AGENT_KINDS = [
  'http',
  'openai-chat',
  'anthropic',
  'webim',
  'rasa',
  'n8n',
  'a2a',
  'langgraph',
  'bedrock-agentcore',
  'custom',
] as const;
export type AgentKind = (typeof AGENT_KINDS)[number];

/** What the operator says of an agent beside what every kind has. Absent: not set. */
export interface AgentSettings {
  operator_marker?: string;
  close_marker?: string;
  model?: string;
  system_prompt?: string;
  max_tokens?: number;
  max_completion_tokens?: number;
  extra_body?: Record<string, unknown>;
  assistant_id?: string;
  runtime_arn?: string;
  qualifier?: string;
  request?: unknown;
  answer?: string;
  session?: string;
}

/** The settings every kind takes. */
export const COMMON_SETTINGS = ['operator_marker', 'close_marker'] as const;

/** The settings a kind takes beside those: `needs` must be there, `takes` may be. */
export const KIND_SETTINGS: Record<
  AgentKind,
  { needs: readonly (keyof AgentSettings)[]; takes: readonly (keyof AgentSettings)[] }
> = {
  http: { needs: [], takes: [] },
  'openai-chat': {
    needs: ['model'],
    takes: ['system_prompt', 'max_tokens', 'max_completion_tokens', 'extra_body'],
  },
  anthropic: { needs: ['model'], takes: ['system_prompt', 'max_tokens', 'extra_body'] },
  webim: { needs: [], takes: [] },
  rasa: { needs: [], takes: [] },
  n8n: { needs: [], takes: [] },
  a2a: { needs: [], takes: [] },
  langgraph: { needs: ['assistant_id'], takes: [] },
  'bedrock-agentcore': { needs: ['runtime_arn'], takes: ['qualifier'] },
  custom: { needs: ['request', 'answer'], takes: ['session'] },
};

/** Behind these kinds there is a language model as a rule, and it writes Markdown. */
const MODELS: readonly AgentKind[] = [
  'openai-chat',
  'anthropic',
  'n8n',
  'a2a',
  'langgraph',
  'bedrock-agentcore',
];

/** These remember nothing by themselves. */
const WITHOUT_MEMORY: readonly AgentKind[] = ['openai-chat', 'anthropic'];

/** What these keep of a chat belongs to one dialog. */
const BY_DIALOG: readonly AgentKind[] = ['webim'];

/** Whether what is kept for an agent of the kind is shown to it in the chat's next dialog, too. */
export const keepsPastDialog = (kind: AgentKind): boolean => !BY_DIALOG.includes(kind);

/** The options of a new channel that are others for some kinds, where its operator says nothing of them. */
export const usualOptionsOf = (
  kind: unknown,
): { markdown?: 'convert'; history_turns?: number } => ({
  ...(MODELS.some((one) => one === kind) && { markdown: 'convert' as const }),
  ...(WITHOUT_MEMORY.some((one) => one === kind) && { history_turns: 20 }),
});

/** Whether the settings of this name belong to the kind. */
export const takesSetting = (kind: AgentKind, name: string): boolean =>
  [...COMMON_SETTINGS, ...KIND_SETTINGS[kind].needs, ...KIND_SETTINGS[kind].takes].includes(
    name as keyof AgentSettings,
  );
