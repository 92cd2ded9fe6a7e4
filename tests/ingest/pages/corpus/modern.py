"""Layouts of today: content management systems, scripts, markup for machines."""

from __future__ import annotations

import json

from tests.ingest.pages.corpus.story import PUBLISHED, SCRIPT, Made, Story, each, esc, page


def _ld(*records: dict) -> str:
    body = json.dumps({"@context": "https://schema.org", "@graph": list(records)}, ensure_ascii=False)
    return f'<script type="application/ld+json">{body}</script>'


def wordpress(s: Story) -> Made:
    """A WordPress theme: the text in .entry-content, sharing and related posts of plug-ins within it."""
    graph = _ld(
        {"@type": "WebSite", "name": s.site},
        {"@type": "Organization", "@id": "#org", "name": s.site},
        {"@type": "Person", "@id": "#who", "name": s.author},
        {
            "@type": "NewsArticle",
            "headline": s.title,
            "datePublished": PUBLISHED,
            "dateModified": "2022-05-13T23:10:00+01:00",
            "author": {"@id": "#who"},
            "publisher": {"@id": "#org"},
        },
    )
    first, *rest = s.paragraphs
    return page(
        "wordpress",
        s,
        f"""<!doctype html><html lang="{s.lang}" dir="{s.direction}"><head><meta charset="utf-8">
<title>{esc(s.title)} - {s.site}</title>{graph}<style>.a{{color:red}}</style><script>{SCRIPT}</script></head>
<body class="post-template single single-post has-sidebar social-share-on">
<a class="skip-link screen-reader-text" href="#content">{esc(s.menu[0])}</a>
<header id="masthead"><div class="site-title">{s.site}</div><nav><ul>{each('<li><a href="#">{}</a></li>', s.menu)}</ul></nav></header>
<main id="main"><article id="post-12345" class="post-12345 post type-post hentry category-world">
<header class="entry-header"><h1 class="entry-title">{esc(s.title)}</h1>
<div class="entry-meta"><span class="posted-on">{s.words["published"]} <time class="entry-date published" datetime="{PUBLISHED}">{s.written}</time></span>
<span class="byline">{s.words["by"]} <a rel="author" href="#">{s.author}</a></span></div></header>
<figure class="post-thumbnail"><img src="a.jpg" alt="x"><figcaption class="wp-caption-text">{esc(s.captions[0])}</figcaption></figure>
<div class="entry-content"><p><strong>{esc(s.lead)}</strong></p><p>{esc(first)}</p>
<div class="code-block ad-slot"><p>{s.words["ad"]}</p></div>
{each("<p>{}</p>", rest[:2])}
<p><strong>{s.words["also"]} <a href="#">{esc(s.related[0])}</a></strong></p>
<h2>{esc(s.subhead)}</h2>{each("<p>{}</p>", rest[2:])}
<div class="sharedaddy sd-sharing-enabled"><h3>{esc(s.share[0])}</h3><ul>{each("<li><a>{}</a></li>", s.share)}</ul></div>
<div id="jp-relatedposts" class="jp-relatedposts"><h3>{s.words["related"]}</h3>{each("<div><h4><a>{}</a></h4></div>", s.related)}</div>
</div><footer class="entry-footer"><span class="tags-links">{each("<a>{}</a>", s.menu[1:4])}</span></footer></article>
<nav class="navigation post-navigation"><a>{esc(s.related[4])}</a></nav>
<div id="comments" class="comments-area"><h2>{s.words["comments"]}</h2><ol class="comment-list">
{each('<li class="comment"><article class="comment-body"><p>{}</p></article></li>', s.comments * 3)}</ol></div></main>
<aside id="secondary" class="widget-area"><section class="widget"><h2>{s.words["most"]}</h2><ul>{each("<li><a>{}</a></li>", s.related)}</ul></section>
<section class="widget"><p>{esc(s.newsletter)}</p></section></aside>
<footer id="colophon"><p>{esc(s.footer)}</p></footer>
<div id="cookie-law-info-bar"><span>{esc(s.cookie)}</span></div></body></html>""",
        s.lead,
        first,
        *rest[:2],
        s.subhead,
        *rest[2:],
        path="/2022/05/13/military-hotline/",
    )


def hashed_classes(s: Story) -> Made:
    """A component page: class names are hashes, every block a div, the text in blocks of one paragraph."""
    record = {
        "@context": "http://schema.org",
        "@type": "ReportageNewsArticle",
        "headline": s.title,
        "datePublished": "2022-05-13T20:40:00.000Z",
        "author": [{"@type": "Person", "name": s.author}],
        "publisher": {"@type": "NewsMediaOrganization", "name": s.site},
    }
    block = '<div data-component="text-block" class="css-11r1m41-RichTextComponentWrapper ep2nwvo0"><div class="css-7z6p"><p class="css-1q0x1qg-Paragraph eq5iqo00">{}</p></div></div>'
    teasers = '<div class="css-v5d8x"><div class="css-0"><a href="#" class="css-yidnqd"><span class="css-1xf">{}</span></a></div></div>'
    return page(
        "hashed",
        s,
        f"""<!DOCTYPE html><html lang="{s.lang}"><head><meta charset="utf-8"/><title>{esc(s.title)} - {s.site}</title>
<meta property="og:title" content="{esc(s.title)}"/><meta property="og:site_name" content="{s.site}"/>
<script type="application/ld+json">[{json.dumps(record, ensure_ascii=False)}]</script><script>{SCRIPT}</script></head>
<body><div id="root"><div class="css-1sk">{each('<div class="css-x1"><a class="css-x2" href="#">{}</a></div>', s.menu * 2)}</div>
<div class="css-83cqas"><main id="main-content"><article class="css-pv1rh6-ArticleWrapper"><header class="css-ab1"><h1 tabindex="-1" class="css-15">{esc(s.title)}</h1></header>
<div data-component="byline-block" class="css-byl-Contributor"><div class="css-byline">{s.words["by"]} {s.author}</div></div>
<div data-component="headline-block"><time data-testid="timestamp" datetime="2022-05-13T20:40:00.000Z">{s.written}</time></div>
<figure class="css-fig"><div><img alt="{esc(s.captions[0])}"></div><figcaption class="css-cap"><span>{esc(s.captions[0])}</span></figcaption></figure>
{each(block, [s.lead, *s.paragraphs[:3]])}
<figure class="css-fig"><div><img alt=""></div><figcaption class="css-cap">{esc(s.captions[1])}</figcaption></figure>
<div data-component="crosshead-block"><h2 class="css-cross">{esc(s.subhead)}</h2></div>
{each(block, s.paragraphs[3:])}
<section data-component="links-block" class="css-links"><p><b>{s.words["related"]}</b></p><ul>{each("<li><a href='#'><div><p><span>{}</span></p></div></a></li>", s.related[:3])}</ul></section>
</article></main></div>
<div class="css-more"><h2>{s.words["related"]}</h2>{each(teasers, s.related)}</div><div class="css-most"><h2>{s.words["most"]}</h2>{each(teasers, s.related)}</div>
<footer class="css-foot"><p>{esc(s.footer)}</p></footer></div><div role="dialog" aria-label="x"><p>{esc(s.cookie)}</p><button>OK</button></div></body></html>""",
        s.lead,
        *s.paragraphs[:3],
        s.subhead,
        *s.paragraphs[3:],
    )


def amp(s: Story) -> Made:
    """An AMP page: its own elements, a canonical link to the page of which it is the copy, trailing comma in JSON-LD."""
    broken = f"""{{"@context": "https://schema.org", "@type": "NewsArticle", "headline": {json.dumps(s.title)},
 "datePublished": "{PUBLISHED}", "author": {{"@type": "Person", "name": {json.dumps(s.author)}}},}}"""
    return page(
        "amp",
        s,
        f"""<!doctype html><html ⚡ lang="{s.lang}"><head><meta charset="utf-8"><title>{esc(s.title)}</title>
<link rel="canonical" href="https://www.{s.host}/world/12345"><script type="application/ld+json">{broken}</script>
<style amp-custom>{"body{margin:0}" * 400}</style></head><body>
<amp-consent id="c" layout="nodisplay"><div id="ui"><p>{esc(s.cookie)}</p><button>OK</button></div></amp-consent>
<amp-sidebar id="side" layout="nodisplay"><ul>{each("<li><a>{}</a></li>", s.menu)}</ul></amp-sidebar>
<header class="bar"><a href="/">{s.site}</a></header>
<article><h1>{esc(s.title)}</h1><p class="standfirst">{esc(s.lead)}</p>
<div class="author-line">{s.words["by"]} {s.author}</div><div class="stamp">{s.written}</div>
<amp-img src="a.jpg" width="1" height="1"></amp-img><div class="image-caption">{esc(s.captions[0])}</div>
<amp-social-share type="x"></amp-social-share>
{each("<p>{}</p>", s.paragraphs[:4])}
<amp-ad width="300" height="250" type="x"><div fallback>{s.words["ad"]}</div></amp-ad>
{each("<p>{}</p>", s.paragraphs[4:])}</article>
<amp-embed type="taboola"><div>{esc(s.related[1])}</div></amp-embed>
<section class="related-list"><h2>{s.words["related"]}</h2>{each("<div><a>{}</a></div>", s.related)}</section>
<footer>{esc(s.footer)}</footer></body></html>""",
        s.lead,
        *s.paragraphs,
        path="/amp/world/12345",
    )


def live_blog(s: Story) -> Made:
    """A live blog: one article, an entry a report, each with its own time; the oldest is not the date of the page."""
    updates = "\n".join(
        f'<article class="live-post" id="p{n}"><time class="live-time" datetime="2022-05-13T{20 - n}:05:00+01:00">{20 - n}:05</time>'
        f'<h3>{esc(text)}</h3><p>{esc(paragraph)}</p><div class="share-tools"><button>{s.share[0]}</button></div></article>'
        for n, (text, paragraph) in enumerate(zip(s.points * 3, s.paragraphs, strict=False))
    )
    told = [
        part
        for text, paragraph in zip(s.points * 3, s.paragraphs, strict=False)
        for part in (text, paragraph)
    ]
    record = {
        "@context": "https://schema.org",
        "@type": "LiveBlogPosting",
        "headline": s.title,
        "datePublished": PUBLISHED,
        "liveBlogUpdate": [
            {
                "@type": "BlogPosting",
                "headline": s.related[0],
                "datePublished": "2022-05-13T12:00:00Z",
                "articleBody": s.related[0],
            }
        ],
    }
    return page(
        "live",
        s,
        f"""<!doctype html><html lang="{s.lang}"><head><meta charset="utf-8"><title>{esc(s.title)}</title>
<script type="application/ld+json">{json.dumps(record, ensure_ascii=False)}</script><script>{SCRIPT}</script></head><body>
<nav class="main-nav">{each("<a>{}</a>", s.menu)}</nav><main><div class="live-header"><span class="live-badge">LIVE</span><h1>{esc(s.title)}</h1></div>
<div class="live-body article-body"><p class="summary">{esc(s.lead)}</p>{updates}</div>
<div class="load-more"><button>{esc(s.menu[0])}</button></div></main>
<aside>{each("<p><a>{}</a></p>", s.related)}</aside><footer>{esc(s.footer)}</footer>
<div class="cookie-notice"><p>{esc(s.cookie)}</p></div></body></html>""",
        s.lead,
        *told,
        path="/live/2022/may/13/border",
    )


def app_shell(s: Story) -> Made:
    """A page that scripts build: the text stands in <noscript> and in no other place; the date in a meta."""
    return page(
        "app",
        s,
        f"""<!doctype html><html lang="{s.lang}"><head><meta charset="utf-8"><title>{esc(s.title)} | {s.site}</title>
<meta property="og:site_name" content="{s.site}"><meta property="og:title" content="{esc(s.title)} | {s.site}">
<meta property="article:published_time" content="{PUBLISHED}"><script>{SCRIPT}</script></head>
<body><div id="app"></div><noscript><nav>{each("<a>{}</a>", s.menu)}</nav><h1>{esc(s.title)}</h1>
{each("<p>{}</p>", [s.lead, *s.paragraphs])}<footer>{esc(s.footer)}</footer></noscript>
<script>{SCRIPT}</script></body></html>""",
        s.lead,
        *s.paragraphs,
    )


def json_only(s: Story) -> Made:
    """A page that scripts build, with the whole text in JSON-LD alone, line ends within its strings."""
    body = "\n\n".join([s.lead, *s.paragraphs])
    raw = json.dumps(
        {
            "@context": "https://schema.org",
            "@type": "Article",
            "headline": s.title,
            "datePublished": PUBLISHED,
            "articleBody": "BODY",
        },
        ensure_ascii=False,
    ).replace("BODY", body.replace('"', "&quot;"))
    return page(
        "json",
        s,
        f"""<!doctype html><html lang="{s.lang}"><head><meta charset="utf-8"><title>{esc(s.title)}</title>
<script type="application/ld+json">{raw}</script><script>{SCRIPT}</script></head><body><div id="root"></div>
<div class="loading">{esc(s.menu[0])}</div></body></html>""",
        s.lead,
        *s.paragraphs,
    )


def paywall(s: Story) -> Made:
    """A teaser before a paywall: two paragraphs, an offer, marked as not free."""
    record = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": s.title,
        "datePublished": PUBLISHED,
        "isAccessibleForFree": "False",
        "hasPart": {"@type": "WebPageElement", "isAccessibleForFree": "False", "cssSelector": ".paid"},
    }
    return page(
        "paywall",
        s,
        f"""<!doctype html><html lang="{s.lang}"><head><meta charset="utf-8"><title>{esc(s.title)}</title>
<script type="application/ld+json">{json.dumps(record, ensure_ascii=False)}</script><script>{SCRIPT}</script></head><body>
<header><nav>{each("<a>{}</a>", s.menu)}</nav></header><article class="article article--paywalled"><h1>{esc(s.title)}</h1>
<p class="article__standfirst">{esc(s.lead)}</p><div class="article__meta"><span>{s.author}</span> <time datetime="{PUBLISHED}">{s.written}</time></div>
<div class="article__body">{each("<p>{}</p>", s.paragraphs[:2])}</div>
<div class="paywall-offer"><h2>{esc(s.words["subscribe"])}</h2><p>{esc(s.newsletter)}</p><ul>{each("<li>{}</li>", s.points)}</ul></div></article>
<section class="teaser-list">{each("<article class='teaser'><h3><a>{}</a></h3><p>…</p></article>", s.related)}</section>
<footer>{esc(s.footer)}</footer></body></html>""",
        s.lead,
        *s.paragraphs[:2],
    )


MODERN = (wordpress, hashed_classes, amp, live_blog, app_shell, json_only, paywall)
