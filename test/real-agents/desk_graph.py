"""A real graph: echoes, and interrupts itself with a question when the visitor wants a table."""

from langchain_core.messages import AIMessage
from langgraph.graph import START, MessagesState, StateGraph
from langgraph.types import interrupt


def desk(state: MessagesState):
    words = state["messages"][-1].content
    if words == "A table":
        words = f"Booked for {interrupt('Which day?')}"
    return {"messages": [AIMessage(f"You said: {words}")]}


graph = StateGraph(MessagesState).add_node("desk", desk).add_edge(START, "desk").compile()
