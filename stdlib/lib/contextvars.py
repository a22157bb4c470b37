"""Variables whose value belongs to a context: to a thread, or to a task of asyncio. They are native: see _contextvars."""
from _contextvars import Context, ContextVar, Token, copy_context

__all__ = ['Context', 'ContextVar', 'Token', 'copy_context']
