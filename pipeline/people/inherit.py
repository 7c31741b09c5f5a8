"""Posts named without their body: "pimpinan DPRD X, Ketua A, Wakil Ketua B" are all of the council, "beserta anggotanya" too."""

from __future__ import annotations

from itertools import takewhile

from pipeline.people.found import Scan
from pipeline.people.lexicon import words
from pipeline.people.roles import Role
from pipeline.text.tokens import is_roman

REACH = 60  # tokens between a post and the body, or the last post, that it belongs to


def inherit_bodies(found: Scan) -> None:
    """Gives the body of the council or commission named last before it to a post that names none."""
    bodies = sorted(
        [(body.first, body.text if body.public else "") for body in found.bodies]
        + [(role.first, _body_in(role.text) if role.public else "") for role in found.roles if _tells(role)]
    )
    at, last = 0, (-REACH, "")
    for index, role in enumerate(found.roles):
        while at < len(bodies) and bodies[at][0] < role.first:
            last, at = bodies[at], at + 1
        if not _bare(role) or not last[1] or role.first - last[0] > REACH or _line_between(found, last[0], role.first):
            continue
        body = _body_in(last[1])
        if body:
            post = role.text.removesuffix("nya")
            found.roles[index] = role._replace(text=f"{post} {body}", public=True)
            last = (role.first, body)


def _bare(role: Role) -> bool:
    """Whether a role says no more than the post: "Wakil Ketua II", "anggotanya"."""
    return role.head in words("collegial-post") and all(is_roman(word) for word in role.text[len(role.head) :].split())


def _tells(role: Role) -> bool:
    """Whether a role names a body or ends the reach of the last: the head of a committee does neither."""
    return not _bare(role) and (role.kind != "unit" or bool(_body_in(role.text)))


def _body_in(text: str) -> str:
    """The council or commission named in `text`, with its place; "" without one."""
    parts = text.split()
    at = next((k for k, word in enumerate(parts) if word.lower() in words("collegial-body")), len(parts))
    return " ".join(takewhile(lambda word: word[0].isupper(), parts[at:]))


def _line_between(found: Scan, first: int, after: int) -> bool:
    return any(token.shape == "line" for token in found.tokens[first:after])
