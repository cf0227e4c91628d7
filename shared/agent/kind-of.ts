import type { AgentKind } from '../contract/agent-kind.ts';
import { a2a } from './wire/a2a.ts';
import { anthropic } from './wire/anthropic.ts';
import { bedrockAgentcore } from './wire/bedrock-agentcore.ts';
import { custom } from './wire/custom.ts';
import type { Kind } from './wire/kind.ts';
import { langgraph } from './wire/langgraph.ts';
import { n8n } from './wire/n8n.ts';
import { openaiChat } from './wire/openai-chat.ts';
import { rasa } from './wire/rasa.ts';
import { webim } from './wire/webim.ts';

/** None of them does anything when it is imported; why not `import()`: DECISIONS.md, "Kinds of agents". */
const KINDS: Record<Exclude<AgentKind, 'http'>, Kind> = {
  'openai-chat': openaiChat,
  anthropic,
  webim,
  rasa,
  n8n,
  a2a,
  langgraph,
  'bedrock-agentcore': bedrockAgentcore,
  custom,
};

export const kindOf = (kind: Exclude<AgentKind, 'http'>): Kind => KINDS[kind];
