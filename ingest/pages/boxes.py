"""
The words by which the things around an article are known: its boxes by class and id, their headings, and lines that
only lead elsewhere.

In: a name, a heading or a line. Out: whether it is of that kind. Only words here; `bodytext` decides what is cut.
"""

from __future__ import annotations

import re

_SURE_NAMES = (
    r"related", r"recirc\w*", r"recommend\w*", r"newsletter\w*", r"sign-?up\w*", r"cookie\w*", r"gdpr", r"onetrust\w*",
    r"author-?(?:bio|box|info|card|details|description)", r"about-?(?:the-?)?author", r"bio-?box",
    r"most-?(?:read|popular|viewed)", r"trending", r"popular-?posts", r"read-?(?:next|also)", r"also-?(?:read|like)",
    r"more-?(?:from|stories|news|like)", r"up-?next", r"next-?(?:article|post|story)", r"you-?may", r"outbrain",
    r"taboola", r"comments", r"comment-(?:list|respond|form|section|thread|box|area)", r"disqus\w*", r"breadcrumbs?",
    r"sharedaddy",
)  # fmt: skip
_LIKELY_NAMES = (
    r"subscri(?:be|ption)\w*", r"consent", r"share", r"share-?(?:bar|buttons?|links|icons|tools|this)", r"sharing",
    r"social-?(?:links|share|media|icons|buttons)", r"read-?more", r"more-?on", r"promo\w*", r"advert\w*",
    r"sponsor\w*", r"print-?only", r"skip-?link\w*",
)  # fmt: skip
_HEADINGS = (
    r"related(?: (?:stories|articles|content|posts|news|coverage|reading|topics|links|press releases))?",
    r"read (?:more|next|also)", r"also read", r"more (?:from|on|stories|news|articles|like)\b.{0,60}",
    r"(?:further|recommended|suggested) (?:reading|stories|articles|for you)", r"recommended",
    r"you (?:may|might) (?:also )?(?:like|be interested).{0,20}", r"most (?:read|popular|viewed|recent)\b.{0,20}",
    r"trending(?: now)?", r"about the authors?", r"(?:latest|recent) (?:news|stories|posts|articles)",
    r"editor['’]s (?:choice|picks?)", r"up next", r"don['’]t miss", r"in case you missed it",
    r"(?:sign up|subscribe)\b.{0,80}", r"(?:get|join) (?:our|the) .{0,40}newsletter.{0,40}", r"newsletter.{0,40}",
    r"share (?:this|on)\b.{0,40}", r"follow us\b.{0,40}", r"stay (?:informed|connected|up to date)\b.{0,40}",
    r"leave a (?:reply|comment)", r"comments?(?: \(\d+\))?", r"(?:we use )?cookies?(?: \w+){0,4}", r"tags?", r"topics",
    r"categories", r"filed under", r"das könnte sie auch interessieren", r"mehr zum thema", r"(?:à )?lire aussi",
    r"articles similaires", r"lee también", r"artículos relacionados", r"leggi anche", r"関連記事", r"관련\s?기사",
)  # fmt: skip
_LINES = (
    r"(?:read|see|watch|listen)(?: more| also| next| now)?\s*[:：|–—].{0,200}",
    r"(?:also read|read also|read next|related|related (?:story|article)|recommended)\s*[:：|–—].{0,200}",
    r"read more\b.{0,120}", r"(?:click|tap) here\b.{0,120}",
    r"(?:sign up|subscribe|register)\b.{0,80}(?:newsletter|inbox|updates|alerts|daily|weekly|podcast|channel).{0,80}",
    r"follow .{1,60} on (?:x|twitter|linkedin|facebook|instagram|threads|bluesky|google news|whatsapp)\b.{0,80}",
    r"advert[i]?sement", r"sponsored(?: content)?", r"ad", r"(?:story|article) continues below.{0,40}",
    r"(?:share|print|email|save|copy link|comments?|tweet|reply|menu|search|listen|play|loading)",
    r"skip to (?:main )?content", r"back to top", r"(?:we|this (?:web)?site) uses? cookies\b.*",
    r"by (?:clicking|continuing|signing up|submitting)\b.{0,300}", r"(?:accept|reject|manage) (?:all )?cookies.{0,40}",
    r"all rights reserved", r"(?:©|copyright ©|copyright \d{4}).{0,160}",
    r"like this (?:story|article)\?.{0,80}", r"have a (?:news )?tip\?.{0,200}", r"get the latest .{0,60}inbox\b.{0,80}",
    r"this (?:story|article|post) (?:first |was )?(?:originally )?appeared (?:on|in)\b.{0,80}",
)  # fmt: skip

_SURE_NAME = re.compile(rf"(?:^|[\s_-])(?:{'|'.join(_SURE_NAMES)})(?=$|[\s_-])", re.IGNORECASE)
_LIKELY_NAME = re.compile(rf"(?:^|[\s_-])(?:{'|'.join(_LIKELY_NAMES)})(?=$|[\s_-])", re.IGNORECASE)
_HEADING = re.compile(rf"\W*(?:{'|'.join(_HEADINGS)})\W*", re.IGNORECASE)
_LINE = re.compile(rf"\W*(?:{'|'.join(_LINES)})\W*", re.IGNORECASE)


def paragraphs_in_box(class_and_id: str) -> int | None:
    """How many paragraphs of running text a box of this class or id may hold and be one; None where it is no box."""
    if _SURE_NAME.search(class_and_id):
        return 3
    return 0 if _LIKELY_NAME.search(class_and_id) else None


def heads_a_box(words: str) -> bool:
    """Whether a heading is that of a box around the article."""
    return len(words) <= 120 and _HEADING.fullmatch(words) is not None


def leads_elsewhere(line: str) -> bool:
    """Whether a line of text only leads elsewhere: to another story, to a newsletter, to a button."""
    return len(line) <= 400 and _LINE.fullmatch(line) is not None
