"""One address of every kind of page of the site over the small base, and those that an empty base has too."""

from __future__ import annotations

import small_base

A_CLAIM = small_base.claim_id("d-abilene", 0)
PAGES = (
    "/", "/projects", "/projects/stargate-abilene", "/companies", "/companies/meta", "/places", "/places/us-tx",
    "/chips",
    "/chips/nvidia-gb200", "/announcements", "/announcements/a-d-abilene", "/documents/d-abilene", f"/claims/{A_CLAIM}",
    "/compare?project=hyperion&project=stargate-abilene", "/timeline", "/map", "/conflicts", "/totals",
    "/totals/t-all-power-announced", "/changes", "/sources", "/sources/meta", "/accuracy", "/glossary", "/about",
    "/downloads", "/feeds", "/questions", "/search?q=stargate", "/claims/none", "/documents/d-hostile", "/gigawatch",
    "/gigawatch/stated_figures", "/gigawatch/company_deals?company=OpenAI", "/gigawatch/claims/" + A_CLAIM,
)  # fmt: skip
EMPTY = (
    "/", "/projects", "/companies", "/places", "/chips", "/announcements", "/timeline", "/map", "/compare",
    "/conflicts",
    "/totals", "/changes", "/sources", "/accuracy", "/glossary", "/about", "/downloads", "/feeds", "/questions",
    "/search",
    "/search?q=stargate", "/feeds/announcements.atom", "/feeds/openings.ics", "/sitemap.xml",
)  # fmt: skip
