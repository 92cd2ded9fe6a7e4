"""Cards as few bytes: deflated against a dictionary of what nearly all of them say. A fifth of their size."""

from __future__ import annotations

import zlib

from schemas import taxonomy
from streams.web.cards import label_of

_RAW = -15  # no header and no checksum: they never leave this process
_LEVEL = 6

# What cards have in common, the commonest last, where deflate finds it at the least cost.
_COMMON = (
    b'","sources_beyond":0,"langs":["ar"],"langs":["de"],"langs":["es"],"langs":["zh"],"langs":["ru"],"langs":["fr"],'
    b'"status":"historical","status":"denied","status":"conditional","status":"ongoing","status":"planned",'
    b'"role":"parliament","role":"military","role":"government","person":"","radius_km":15.0},"radius_km":400.0},'
    b'"precision":"unknown"},"precision":"month"},"precision":"country","precision":"region","precision":"city",'
    b'"novelty":"background","novelty":"update","novelty":"repeat","novelty":"first","counts":false,"counts":true,'
    b'"polarity":"neutral","severity":5.0,"confidence":0.8,"polarity":"deescalatory","severity":3.0,"confidence":0.7,'
    b'{"id":"","revision":1,"headline":"","type":"military_communication","type_label":"Military communication",'
    b'"family":"communication","status":"occurred","polarity":"escalatory","severity":6.0,"confidence":0.8,'
    b'"novelty":"first","counts":true,"first_seen":"2026-11-24T12:00:00Z","last_seen":"2026-11-24T12:00:00Z",'
    b'"updated_at":"2026-11-24T12:00:00Z","event_date":{"start":"2026-11-24","end":"2026-11-24","precision":"day"},'
    b'"place":{"name":"","country":"UKR","lat":50.4,"lon":30.5,"precision":"city","radius_km":15.0},'
    b'"dyads":["RUS-USA"],"actors":[{"id":"RUS","name":"Russia"},{"id":"USA","name":"United States"}],'
    b'"targets":[{"id":"UKR","name":"Ukraine"}],"origins":1,"mentions":1,"sources":["reuters"],"sources_beyond":0,'
    b'"langs":["en"],"quote":{"text":"","lang":"en","source":"","url":"https://www.","dir":"ltr"},"rules":[],'
    b'"contradictions":0}'
)


def _of_types() -> bytes:
    """Return what cards say of each type: most of it follows from the type, and is one reference then."""
    told = [
        f'","type":"{type_.name}","type_label":"{label_of(type_.name)}","family":"{type_.family}","status":"occurred",'
        f'"polarity":"{type_.polarity.value}","severity":{float(type_.severity)},"confidence":0.8,"novelty":"first"'
        for type_ in taxonomy().types
    ]
    return "".join(told).encode()


_DICTIONARY = _of_types() + _COMMON


def pack(text: bytes) -> bytes:
    """Return a card's JSON packed."""
    packer = zlib.compressobj(
        _LEVEL, zlib.DEFLATED, _RAW, zlib.DEF_MEM_LEVEL, zlib.Z_DEFAULT_STRATEGY, _DICTIONARY
    )
    return packer.compress(text) + packer.flush()


def unpack(packed: bytes) -> bytes:
    """Return the JSON of a card that was packed in this process."""
    unpacker = zlib.decompressobj(_RAW, _DICTIONARY)
    return unpacker.decompress(packed)
