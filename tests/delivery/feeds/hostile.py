"""Words that an article may hold and that XML, a terminal or a chat would obey if they were not escaped."""

HOSTILE = [
    "<script>alert(1)</script>",
    "]]> & <![CDATA[ x ]]> &amp; &lt;",
    "\"'><img src=x onerror=alert(1)>",
    "bell: \x07, escape \x1b[31m, null \x00, \ufffe",
    "<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]>&e;",
    "mirrored \u202e txet",
]
