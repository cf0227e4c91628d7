"""A real agent of AgentCore's SDK: answers whole, or in a stream."""

import sys

from bedrock_agentcore import BedrockAgentCoreApp

app = BedrockAgentCoreApp()


async def stream(words):
    for word in words.split(" "):
        yield {"data": f"{word} "}


@app.entrypoint
def answer(payload, context):
    words = payload["prompt"]
    if words.startswith("stream "):
        return stream(words[7:])
    return {"result": f"You said: {words}, in session {len(context.session_id)}"}


app.run(port=int(sys.argv[1]), host="127.0.0.1")
