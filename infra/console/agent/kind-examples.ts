import type { AgentKind } from '../../../shared/contract/agent-kind.ts';

/** What the settings of each kind look like, beside its address; docs/agents has a page for each. */
export const KIND_EXAMPLES: Record<Exclude<AgentKind, 'http'>, string> = {
  'openai-chat': '{"model": "gpt-5-mini", "api_key": "sk-…"}',
  anthropic: '{"model": "claude-sonnet-4-5", "api_key": "sk-ant-…"}',
  webim: '{}',
  rasa: '{}',
  n8n: '{}',
  a2a: '{"api_key": "…"}',
  langgraph: '{"assistant_id": "agent", "api_key": "lsv2_…"}',
  'bedrock-agentcore': '{"runtime_arn": "arn:aws:bedrock-agentcore:…"}',
  custom: '{"request": {"question": "{{event.text}}"}, "answer": "/text"}',
};
