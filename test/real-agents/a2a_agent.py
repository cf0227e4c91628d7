"""A real agent of A2A: echoes, and asks back in the same task when the visitor wants a table."""

import sys

import uvicorn
from a2a.helpers.proto_helpers import new_task_from_user_message, new_text_message
from a2a.server.agent_execution import AgentExecutor
from a2a.server.request_handlers.default_request_handler_v2 import DefaultRequestHandlerV2
from a2a.server.routes.agent_card_routes import create_agent_card_routes
from a2a.server.routes.jsonrpc_routes import create_jsonrpc_routes
from a2a.server.tasks.inmemory_task_store import InMemoryTaskStore
from a2a.server.tasks.task_updater import TaskUpdater
from a2a.types import AgentCapabilities, AgentCard, AgentInterface
from starlette.applications import Starlette

PORT = int(sys.argv[1])


class Desk(AgentExecutor):
    async def execute(self, context, event_queue):
        words = context.get_user_input()
        if words.startswith("echo "):
            await event_queue.enqueue_event(new_text_message(words[5:], context_id=context.context_id))
            return
        if context.current_task is None:
            await event_queue.enqueue_event(new_task_from_user_message(context.message))
        task = TaskUpdater(event_queue, context.task_id, context.context_id)
        if context.current_task is None:
            await task.requires_input(new_text_message("Which day?"))
        else:
            await task.complete(new_text_message(f"Booked for {words}."))

    async def cancel(self, context, event_queue):
        pass


card = AgentCard(
    name="Desk",
    description="Books tables",
    version="1",
    capabilities=AgentCapabilities(),
    default_input_modes=["text/plain"],
    default_output_modes=["text/plain"],
    supported_interfaces=[
        AgentInterface(url=f"http://127.0.0.1:{PORT}/rpc", protocol_binding="JSONRPC", protocol_version="1.0")
    ],
)
handler = DefaultRequestHandlerV2(agent_executor=Desk(), task_store=InMemoryTaskStore(), agent_card=card)
app = Starlette(routes=[*create_agent_card_routes(card), *create_jsonrpc_routes(handler, "/rpc")])
uvicorn.run(app, host="127.0.0.1", port=PORT, log_level="warning")
