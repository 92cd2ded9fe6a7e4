"""Layouts of other times and budgets: tables, microdata, blogs, wires; and pages whose dates are lies or lacking."""

from __future__ import annotations

from tests.ingest.pages.corpus.story import PUBLISHED, SCRIPT, Made, Story, each, esc, page

_OLD_ENCODINGS = {"ru": "windows-1251", "ar": "windows-1256"}
_DAY = "2022-05-13T00:00:00+00:00"


def _local(story: Story) -> str:
    """Return the written time read as UTC, as it is where no zone is written."""
    clock = "23:40" if story.lang in ("ru", "ar") else "22:40"
    return PUBLISHED if story.lang == "en" else f"2022-05-13T{clock}:00+00:00"


def tables(s: Story) -> Made:
    """A page of the table era: cells within cells, <br><br> between paragraphs, the encoding of its country, a date in words."""
    encoding = _OLD_ENCODINGS.get(s.lang, "iso-8859-1")
    menu = each('<tr><td><a href="#"><font size="1">{}</font></a></td></tr>', s.menu)
    text = "<br><br>\n".join(esc(paragraph) for paragraph in [s.lead, *s.paragraphs])
    return page(
        "tables",
        s,
        f"""<HTML><HEAD><META HTTP-EQUIV="Content-Type" CONTENT="text/html; charset={encoding}"><TITLE>{s.site}: {esc(s.title)}</TITLE></HEAD>
<BODY BGCOLOR="#FFFFFF"><TABLE WIDTH="100%"><TR><TD COLSPAN="3"><B>{s.site}</B></TD></TR><TR><TD WIDTH="120"><TABLE>{menu}</TABLE></TD>
<TD><TABLE><TR><TD><H1>{esc(s.title)}</H1></TD></TR><TR><TD CLASS="date">{s.written}</TD></TR><TR><TD><FONT FACE="Times">{text}</FONT></TD></TR></TABLE></TD>
<TD WIDTH="150"><TABLE>{each('<tr><td><a href="#">{}</a></td></tr>', s.related)}</TABLE></TD></TR>
<TR><TD COLSPAN="3"><FONT SIZE="1">{esc(s.footer)}</FONT></TD></TR></TABLE></BODY></HTML>""",
        s.lead,
        *s.paragraphs,
        encoding=encoding,
        published=_local(s),
        flags=() if s.lang == "en" else ("no_zone",),
        path="/news.php?id=12345",
    )


def microdata(s: Story) -> Made:
    """A page of microdata, with furniture among the paragraphs and a pull quote that says one of them twice."""
    return page(
        "microdata",
        s,
        f"""<!DOCTYPE html><html lang="{s.lang}"><head><meta charset="utf-8"><title>{esc(s.title)} :: {s.site}</title><script>{SCRIPT}</script></head>
<body class="node-type-article"><div class="region-header">{each('<a class="menu-link">{}</a>', s.menu)}</div>
<div itemscope itemtype="http://schema.org/NewsArticle"><h1 itemprop="headline">{esc(s.title)}</h1>
<div class="submitted"><span itemprop="author" itemscope><span itemprop="name">{s.author}</span></span><meta itemprop="datePublished" content="{PUBLISHED}"></div>
<ul class="social-links">{each("<li>{}</li>", s.share)}</ul>
<div itemprop="articleBody" class="field-body"><p>{esc(s.lead)}</p>{each("<p>{}</p>", s.paragraphs[:3])}
<blockquote class="pullquote" aria-hidden="true">{esc(s.paragraphs[2])}</blockquote>
<div class="inline-related"><span>{s.words["also"]}</span> <a href="#">{esc(s.related[2])}</a></div>
<ul>{each("<li>{}</li>", s.points)}</ul>{each("<p>{}</p>", s.paragraphs[3:])}
<div class="newsletter-box"><p>{esc(s.newsletter)}</p><form><input><button>OK</button></form></div></div></div>
<div id="disqus_thread">{each("<p>{}</p>", s.comments * 3)}</div><div class="region-sidebar">{each("<p><a>{}</a></p>", s.related)}</div>
<div class="region-footer"><p>{esc(s.footer)}</p></div><div class="eu-cookie-compliance-banner"><p>{esc(s.cookie)}</p></div></body></html>""",
        s.lead,
        *s.paragraphs[:3],
        *s.points,
        *s.paragraphs[3:],
    )


def gallery(s: Story) -> Made:
    """A page with a gallery of many pictures, each with its caption, between the paragraphs of the text."""
    slides = each(
        '<div class="gallery-slide"><img src="x.jpg"><div class="gallery-slide__text"><p>{}</p></div></div>',
        s.captions * 4,
    )
    return page(
        "gallery",
        s,
        f"""<!doctype html><html lang="{s.lang}"><head><meta charset="utf-8"><title>{esc(s.title)}</title>
<meta name="pubdate" content="20220513T204000Z"><script>{SCRIPT}</script></head><body>
<div class="topbar">{each("<a>{}</a>", s.menu)}</div><div class="page"><div class="headline"><h1>{esc(s.title)}</h1></div>
<div class="story"><p>{esc(s.lead)}</p><p>{esc(s.paragraphs[0])}</p><div class="photo-gallery">{slides}</div>
{each("<p>{}</p>", s.paragraphs[1:4])}<figure><video></video><figcaption>{esc(s.captions[0])}</figcaption></figure>
{each("<p>{}</p>", s.paragraphs[4:])}<p class="tags">{each("<a>{}</a>", s.menu[1:5])}</p></div></div>
<div class="bottom">{each("<div class='tile'><a>{}</a></div>", s.related)}</div>
<div class="legal">{esc(s.footer)}</div></body></html>""",
        s.lead,
        s.paragraphs[0],
        *s.paragraphs[1:],
    )


def bare_divs(s: Story) -> Made:
    """A page without a single <p> or a telling name: paragraphs are divs; its date stands in its address alone."""
    return page(
        "divs",
        s,
        f"""<!doctype html><html lang="{s.lang}"><head><meta charset="utf-8"><title>{esc(s.title)}-{s.site}</title></head><body>
<div class="w1000"><div class="nav1">{each("<span><a>{}</a></span>", s.menu)}</div></div>
<div class="w1000"><div class="l"><h1>{esc(s.title)}</h1><div id="p-detail"><div>{esc(s.lead)}</div>{each("<div>{}</div>", s.paragraphs)}</div></div>
<div class="r"><div class="tit">{s.words["related"]}</div>{each("<div><a>{}</a></div>", s.related)}</div></div>
<div class="w1000"><div class="bot">{esc(s.footer)}</div></div></body></html>""",
        s.lead,
        *s.paragraphs,
        path="/20220513/8f1c/c.html",
        published=_DAY,
        flags=("from_url", "only_day"),
    )


def wire(s: Story) -> Made:
    """A page of a wire: a headline, a dateline, paragraphs in one preformatted block. Only the server dates it."""
    text = "\n\n".join(esc(paragraph) for paragraph in [s.lead, *s.paragraphs])
    return page(
        "wire",
        s,
        f"""<html lang="{s.lang}"><head><meta charset="utf-8"><title>{esc(s.title)}</title></head><body><h1>{esc(s.title)}</h1><pre>
{text}
</pre><hr><a href="/">{s.menu[0]}</a></body></html>""",
        s.lead,
        *s.paragraphs,
        published="2022-05-13T20:41:00+00:00",
        flags=("undated", "from_http"),
        last_modified="Fri, 13 May 2022 20:41:00 GMT",
    )


def redated(s: Story) -> Made:
    """An old page that claims to be of today; its address tells when it was first published."""
    return page(
        "redated",
        s,
        f"""<!doctype html><html lang="{s.lang}"><head><meta charset="utf-8"><title>{esc(s.title)}</title>
<meta property="article:published_time" content="2022-05-14T06:00:00Z"></head><body><header>{each("<a>{}</a>", s.menu)}</header>
<main><h1>{esc(s.title)}</h1><div class="rich">{each("<p>{}</p>", [s.lead, *s.paragraphs])}</div>
<div class="promo-box"><p>{esc(s.newsletter)}</p></div></main>
<section id="most-read">{each("<p>{}</p>", s.related)}</section><footer>{esc(s.footer)}</footer></body></html>""",
        s.lead,
        *s.paragraphs,
        path="/2019/03/04/hotline",
        published="2019-03-04T00:00:00+00:00",
        flags=("redated", "from_url", "only_day"),
    )


def ahead(s: Story) -> Made:
    """A page dated into the next year for machines, and rightly for readers, in words."""
    return page(
        "ahead",
        s,
        f"""<!doctype html><html lang="{s.lang}"><head><meta charset="utf-8"><title>{esc(s.title)}</title>
<meta name="date" content="2023-01-01T00:00:00Z"></head><body><div id="menu">{each("<a>{}</a> ", s.menu)}</div>
<div id="story"><h1>{esc(s.title)}</h1><div class="post-date">{s.words["published"]}: {s.written}</div>
{each("<p>{}</p>", [s.lead, *s.paragraphs])}<div class="share-buttons">{each("<span>{}</span>", s.share)}</div></div>
<div class="comments">{each("<div class='comment'><b>x</b><p>{}</p></div>", s.comments * 5)}</div>
<div id="footer">{esc(s.footer)}</div></body></html>""",
        s.lead,
        *s.paragraphs,
        published=_local(s),
        flags=("future",) if s.lang == "en" else ("future", "no_zone"),
    )


OLDER = (tables, microdata, gallery, bare_divs, wire, redated, ahead)
