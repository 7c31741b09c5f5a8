"""One directive: its card, citation, embed, text, archived copy, and reports of errors in it."""

from __future__ import annotations

import asyncio
import hmac
import re
from urllib.parse import parse_qsl

from datasette.utils.asgi import Response

from search.chains import chain
from search.errors import BadReport
from search.find import get
from search.reports import MAX_CONTACT, MAX_TEXT, PROBLEMS, file_report
from search.results import Hit
from search.web import cite, lookup
from search.web.archive import original
from search.web.guard import CSP_ARCHIVE, CSP_EMBED
from search.web.page import NotFound, Page

_SHAREABLE = {"content-security-policy": CSP_EMBED, "cross-origin-resource-policy": "cross-origin"}


async def card(page: Page) -> Response:
    """All that is known of a directive."""
    hit = await _hit(page)
    links = await page.ask(lambda index: chain(index, hit.directive_id))
    copies = await page.ask(lambda index: lookup.copies(index, hit.directive_id))
    return await page.html(
        "card", hit=hit, earlier=[link for link in links if not link.later], later=[link for link in links if link.later],
        copies=copies, citation=cite.sentence(hit, page.words, page.links),
        permalink=page.links.directive(hit.directive_id),
        embed=page.links.whole("embed", hit.directive_id),
    )  # fmt: skip


async def embed(page: Page) -> Response:
    """The card for other people's pages."""
    hit = await _hit(page)
    return await page.html("embed", headers=dict(_SHAREABLE), hit=hit, permalink=page.links.whole("arahan", hit.directive_id))


async def citation(page: Page) -> Response:
    """The citation as a file."""
    write, kind = cite.FORMATS[page.parts["format"]]
    hit = await _hit(page)
    headers = (
        {} if page.parts["format"] == "txt" else {"content-disposition": f'attachment; filename="arahan.{page.parts["format"]}"'}
    )
    return Response(write(hit, page.words, page.links), headers=headers, content_type=kind)


async def text(page: Page) -> Response:
    """The article as it was read."""
    article = await page.ask(lambda index: lookup.text(index, _id(page)))
    if article is None:
        raise NotFound
    return await page.html("archive", article=article)


async def archived(page: Page) -> Response:
    """The page as it was fetched, with everything active in it switched off."""
    article = await page.ask(lambda index: lookup.text(index, _id(page)))
    found = await asyncio.to_thread(original, page.site.output, article.archived) if article else None
    if found is None:
        raise NotFound
    headers = {"content-security-policy": CSP_ARCHIVE, "x-robots-tag": "noindex"}
    return Response(found.body, headers=headers, content_type=found.content_type)


async def report(page: Page) -> Response:
    """The form, and what it sends."""
    hit = await _hit(page)
    if page.request.method == "POST":
        return await _take(page, hit)
    return await _form(page, hit)


async def reported(page: Page) -> Response:
    """Thanks."""
    hit = await _hit(page)
    number = dict(page.params).get("nomor", "")
    if not re.fullmatch(r"[0-9]{1,9}", number):
        raise NotFound
    return await page.html("reported", hit=hit, number=number)


async def _take(page: Page, hit: Hit) -> Response:
    given = _fields(await page.request.post_body())
    if not hmac.compare_digest(given.get("csrftoken", "").encode(), page.request.scope["csrftoken"]().encode()):
        return await _form(page, hit, given, "expired", 403)
    problem, note = given.get("problem", ""), given.get("text", "").replace("\r\n", "\n").strip()
    if problem not in PROBLEMS or not note:
        return await _form(page, hit, given, "refused", 400)
    if not page.site.reports.allows((page.request.scope.get("client") or ("",))[0]):
        return await _form(page, hit, given, "too_many", 429)
    try:
        number = await asyncio.to_thread(file_report, page.site.output, hit.directive_id, problem, note, given.get("contact", ""))
    except BadReport:
        return await _form(page, hit, given, "refused", 400)
    return Response.redirect(page.links.to("arahan", hit.directive_id, "lapor", "terkirim", nomor=str(number)), status=303)


async def _form(page: Page, hit: Hit, given: dict[str, str] | None = None, fault: str = "", status: int = 200) -> Response:
    return await page.html(
        "report", status=status, hit=hit, given=given or {}, fault=fault, problems=PROBLEMS, max_text=MAX_TEXT,
        max_contact=MAX_CONTACT, token=page.request.scope["csrftoken"](),
    )  # fmt: skip


async def _hit(page: Page) -> Hit:
    hit = await page.ask(lambda index: get(index, _id(page)))
    if hit is None:
        raise NotFound
    return hit


def _id(page: Page) -> str:
    return page.parts["id"][:500]


def _fields(body: bytes) -> dict[str, str]:
    try:
        return dict(parse_qsl(body.decode("utf-8", "replace"), max_num_fields=20))
    except ValueError:
        return {}
