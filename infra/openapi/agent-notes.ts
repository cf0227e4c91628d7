/** A sentence for each setting of an agent, the same wherever an agent is shown or set. */
export const AGENT_NOTES: Record<string, string> = {
  'agent.kind':
    'What the agent is: `http` speaks this contract, each other kind a wire of its own, which the channel translates.',
  'agent.url':
    'Where the agent is: https; http only to the same machine, on the local runtime. `http`, `webim`, `n8n`, `custom`: where each event is posted. `openai-chat`, `anthropic`, `rasa`, `langgraph`: the base address. `a2a`: the agent card or the service. `bedrock-agentcore`: null for AWS’s own.',
  'agent.operator_marker':
    'A text in an answer that means `dialog: "operator"`; it is taken out of what is sent.',
  'agent.close_marker':
    'A text in an answer that means `dialog: "close"`; it is taken out of what is sent.',
  'agent.model': '`openai-chat`, `anthropic`: the model’s name.',
  'agent.system_prompt':
    '`openai-chat`, `anthropic`: what the model is told first. It may hold `{{event.…}}`.',
  'agent.max_tokens':
    '`openai-chat`, `anthropic`: the longest answer. Anthropic gets 1024 unless set.',
  'agent.max_completion_tokens':
    '`openai-chat`: the same under the name that newer models of OpenAI want, instead of `max_tokens`.',
  'agent.extra_body': '`openai-chat`, `anthropic`: more members of the request, over our own.',
  'agent.assistant_id': '`langgraph`: the graph’s name or the assistant’s id.',
  'agent.runtime_arn': '`bedrock-agentcore`: the ARN of the runtime.',
  'agent.qualifier': '`bedrock-agentcore`: a version or an endpoint of the runtime.',
  'agent.request':
    '`custom`: the body, any JSON. Texts may hold `{{event.…}}`; a text that is only such a name keeps the value’s type.',
  'agent.answer':
    '`custom`: a JSON pointer to the text or texts in the answer; `*` stands for every member.',
  'agent.session':
    '`custom`: a JSON pointer to what the next request of the chat gets as `{{event.session}}`.',
};
