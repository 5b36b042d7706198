"""The staff side: sign-in, queue, records, unanswered questions and the hotline desk."""

from __future__ import annotations

from fastapi import FastAPI

from bot.web.staff import (
    activities_import,
    activities_page,
    activity_page,
    audit_page,
    desk_keys,
    desk_page,
    entry_page,
    followups_page,
    home,
    people_page,
    queue_page,
    refusals,
    registrations_page,
    report_cell_page,
    report_files,
    report_page,
    report_submissions,
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
        followups_page,
        services_page,
        unanswered_page,
        activities_page,
        activities_import,
        activity_page,
        report_page,
        report_cell_page,
        report_files,
        report_submissions,
        audit_page,
    ):
        app.include_router(page.router)
    refusals.install(app)
