"""The registers that can be imported from a file or from the web."""

from __future__ import annotations

from bot.imports import courses, fairs, posts
from bot.imports.importer import Register

#: Code of each register → the register.
REGISTERS: dict[str, Register] = {one.code: one for one in (posts.REGISTER, courses.REGISTER, fairs.REGISTER)}
