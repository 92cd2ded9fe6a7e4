"""That a source was heard from is told once a minute, with how often it is expected to be."""

from streams.sources import Registry
from streams.stages.heard import Listening
from tests.factories import NOON

AT = NOON.timestamp()


def test_a_source_is_told_of_once_a_minute_with_its_rhythm():
    listening = Listening(Registry.load())
    first = listening.hear("afp", AT)
    assert (first.subject, first.value, first.at) == ("afp", 300.0, NOON)
    assert listening.hear("afp", AT + 59) is None
    later = listening.hear("afp", AT + 60)
    assert (later.id, later.revision) == (first.id, first.revision + 60)


def test_each_source_is_told_of_by_itself_and_one_that_nobody_knows_has_no_rhythm():
    listening = Listening(Registry.load())
    assert listening.hear("afp", AT)
    assert listening.hear("somebody", AT).value is None
