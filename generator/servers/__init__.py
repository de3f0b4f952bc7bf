"""Where requests go: every server of the document as a base address, and which of them is the default."""

from generator.servers.plan import plan_servers
from generator.servers.values import Environment, ServerChoice, ServerPlan

__all__ = ["Environment", "ServerChoice", "ServerPlan", "plan_servers"]
