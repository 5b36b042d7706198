"""The staff side: sign-in, queue, records, unanswered questions and the hotline desk."""

from __future__ import annotations

from fastapi import FastAPI

from bot.web.staff import (
    audit_page,
    desk_keys,
    desk_page,
    entry_page,
    home,
    people_page,
    queue_page,
    refusals,
    registrations_page,
    services_page,
    sign_in_page,
    unanswered_page,
)


def install(app: FastAPI) -> None:
    """Add the staff pages to the front door."""
    for page in (
        sign_in_page,
        home,
        desk_page,
        desk_keys,
        queue_page,
        entry_page,
        people_page,
        registrations_page,
        services_page,
        unanswered_page,
        audit_page,
    ):
        app.include_router(page.router)
    refusals.install(app)
