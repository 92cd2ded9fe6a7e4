"""Files as GDELT publishes them, made here: rows of its columns, zipped, and the list that names them."""

from __future__ import annotations

import hashlib
import io
import zipfile

from streams.export.gdelt import EVENT_COLUMNS, MENTION_COLUMNS

TIME = "20220513200000"


def an_event(**said) -> str:
    base = {
        "GlobalEventID": "1045000000",
        "Day": "20220513",
        "Actor1Code": "USAMIL",
        "Actor1Name": "UNITED STATES",
        "Actor1CountryCode": "USA",
        "Actor2Code": "RUSMIL",
        "Actor2Name": "RUSSIA",
        "Actor2CountryCode": "RUS",
        "EventCode": "041",
        "QuadClass": "1",
        "GoldsteinScale": "1.0",
        "NumMentions": "12",
        "NumSources": "3",
        "NumArticles": "12",
        "AvgTone": "-1.25",
        "ActionGeo_Fullname": "Moscow, Moskva, Russia",
        "ActionGeo_CountryCode": "RS",
        "ActionGeo_Lat": "55.7522",
        "ActionGeo_Long": "37.6156",
        "DATEADDED": TIME,
        "SOURCEURL": "https://example.org/call",
    }
    return "\t".join((base | said).get(name, "") for name in EVENT_COLUMNS) + "\n"


def a_mention(url, **said) -> str:
    base = {
        "GlobalEventID": "1045000000",
        "EventTimeDate": TIME,
        "MentionTimeDate": TIME,
        "MentionType": "1",
        "MentionSourceName": "example.org",
        "MentionIdentifier": url,
    }
    return "\t".join((base | said).get(name, "") for name in MENTION_COLUMNS) + "\n"


def a_document(url, title="A call &amp; more") -> str:
    row = [""] * 27
    row[0], row[1], row[2], row[3], row[4] = f"{TIME}-1", TIME, "1", "example.org", url
    row[26] = (
        f"<PAGE_PRECISEPUBTIMESTAMP>20220513193000</PAGE_PRECISEPUBTIMESTAMP><PAGE_TITLE>{title}</PAGE_TITLE>"
    )
    return "\t".join(row) + "\n"


def packed(rows, name="table.csv") -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, "".join(rows))
    return written.getvalue()


def a_list(base, files) -> str:
    """Return a list of these files (name → bytes) below an address."""
    return "".join(
        f"{len(raw)} {hashlib.md5(raw).hexdigest()} {base}/{name}\n" for name, raw in files.items()
    )
