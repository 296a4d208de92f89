"""Copies of a text: word for word, lightly edited, or a brief of ours; and what is none."""

from __future__ import annotations

from evidence import add, claim, fresh, know, prose, rows

SAY = [claim("power", 600, quote="600 MW", companies=["Meta"], project="Hyperion")]
TEXT = (
    "The council heard three hours of comment before it voted on the plan for 600 MW north of the river. Neighbours "
    "asked about noise, about the wells, and about who pays for the line that the utility wants to build. The company "
    "said it would buy its own batteries, and that the first hall could open two years after the permit is signed. "
    "A vote on the tax agreement follows in March, when the county has its figures together."
)


def copies(db):
    return {
        (row["copy"], row["original"]): (row["method"], row["similarity"])
        for row in rows(
            db,
            "SELECT c.title AS copy, o.title AS original, method, similarity FROM document_copies "
            "JOIN documents c ON c.id = document_id JOIN documents o ON o.id = original_id",
        )
    }


def test_the_same_words_are_a_copy_whatever_the_case_and_marks():
    db = fresh()
    add(db, "First", "2025-01-01", SAY, publisher="Wire", text=TEXT)
    add(db, "Second", "2025-01-02", SAY, publisher="Paper", text=TEXT.replace(",", " –").replace("The ", "THE "))
    know(db)
    assert copies(db) == {("Second", "First"): ("exact", 1.0)}


def test_the_page_nearest_to_the_issuer_is_the_original_even_when_it_comes_later():
    db = fresh()
    add(db, "Wire story", "2025-01-01", SAY, publisher="Wire", text=TEXT)
    add(db, "Release", "2025-01-02", SAY, publisher="Meta", tier="issuer", text=TEXT)
    know(db)
    assert copies(db) == {("Wire story", "Release"): ("exact", 1.0)}
    roles = rows(
        db,
        "SELECT role, publisher_count FROM announcement_documents "
        "JOIN announcements ON announcements.id = announcement_id ORDER BY role",
    )
    assert roles == [{"role": "copy", "publisher_count": 1}, {"role": "primary", "publisher_count": 1}]


def test_a_lightly_edited_text_is_a_copy():
    db = fresh()
    add(db, "First", "2025-01-01", SAY, publisher="Wire", text=TEXT)
    add(
        db,
        "Edited",
        "2025-01-01",
        SAY,
        publisher="Paper",
        text="By a reporter. " + TEXT.replace("three hours", "hours"),
    )
    know(db)
    ((names, (method, similarity)),) = copies(db).items()
    assert names == ("Edited", "First")
    assert method == "edited"
    assert 0.5 <= similarity < 1


def test_the_same_sentences_with_other_numbers_are_no_copy():
    db = fresh()
    quarter = TEXT.replace("three hours", "3 hours") + " The meeting of 12 May cost 4,100 dollars and had 87 speakers."
    other = (
        quarter.replace("600 MW", "750 MW").replace("3 hours", "5 hours").replace("12 May", "9 June")
        .replace("4,100", "6,200").replace("87", "41")
    )  # fmt: skip
    add(db, "May", "2025-05-12", SAY, publisher="County", text=quarter)
    add(
        db,
        "June",
        "2025-06-09",
        [claim("power", 750, quote="750 MW", companies=["Meta"])],
        publisher="County",
        text=other,
    )
    know(db)
    assert copies(db) == {}


def test_two_reports_in_words_of_their_own_are_no_copies():
    db = fresh()
    add(db, "First", "2025-01-01", SAY, publisher="Wire", text=TEXT)
    add(db, "Own words", "2025-01-01", SAY, publisher="Paper", text="600 MW it will be. " + prose("another hand", 70))
    know(db)
    assert copies(db) == {}
    assert rows(db, "SELECT publisher_count FROM announcements") == [{"publisher_count": 2}]


def test_copies_are_found_in_a_language_without_spaces():
    db = fresh()
    text = (
        "오픈에이아이와 오라클은 미국에 네 곳의 데이터센터를 새로 짓기로 하고 600 MW 규모의 전력을 확보했다고 밝혔다. "
        "회사는 지역 주민과 협의를 이어가겠다고 말했다."
    )
    add(db, "하나", "2025-01-01", SAY, publisher="Wire", text=text, language="ko")
    add(db, "둘", "2025-01-01", SAY, publisher="Paper", text=text.replace("밝혔다", "전했다"), language="ko")
    know(db)
    assert [method for method, _ in copies(db).values()] == ["edited"]


def test_a_brief_of_ours_is_no_second_voice_beside_the_page():
    db = fresh()
    page = "https://meta.example/hyperion"
    add(
        db, "Our brief", "2025-01-01", SAY, publisher="Meta", tier="aggregator", origin="chronicle", original_url=page,
        url="https://gigawatch.example/brief",
    )  # fmt: skip
    know(db)
    assert rows(db, "SELECT agreeing, tier FROM figures") == [{"agreeing": 1, "tier": "issuer"}]
    add(db, "The page", "2025-01-01", SAY, publisher="Meta", tier="issuer", url=page)
    know(db)
    assert copies(db) == {("Our brief", "The page"): ("brief", 1.0)}
    assert rows(db, "SELECT agreeing FROM figures") == [{"agreeing": 1}]
    roles = rows(db, "SELECT role FROM announcement_documents ORDER BY role")
    assert [row["role"] for row in roles] == ["brief", "primary"]


def test_only_new_texts_are_signed():
    db = fresh()
    add(db, "First", "2025-01-01", SAY, text=TEXT)
    know(db)
    before = rows(db, "SELECT * FROM document_signatures")
    add(db, "Second", "2025-03-01", SAY, publisher="Other")
    written = know(db)
    assert written["document_signatures"] == 1
    assert before[0] in rows(db, "SELECT * FROM document_signatures")


def test_an_earlier_document_keeps_the_old_address_of_its_announcement():
    db = fresh()
    add(db, "Second day", "2025-01-02", SAY, publisher="Paper")
    know(db)
    old = rows(db, "SELECT id FROM announcements")[0]["id"]
    add(db, "Unrelated", "2025-01-02", [claim("capex", 9e9, companies=["Google"], project="Kite")], publisher="Other")
    know(db)
    apart = [row["id"] for row in rows(db, "SELECT id FROM announcements WHERE id != ?", old)]
    add(db, "First day", "2025-01-01", SAY, publisher="Meta", tier="issuer")
    know(db)
    found = rows(db, "SELECT announcement_id FROM announcement_documents WHERE former_id = ?", old)
    assert len(found) == 1
    assert {row["id"] for row in rows(db, "SELECT id FROM announcements")} == {found[0]["announcement_id"], *apart}
