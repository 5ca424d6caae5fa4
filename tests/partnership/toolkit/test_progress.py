import time

from partnership.toolkit.progress import Progress, begin, is_silent, progress_of, report

NOW = 1_800_000_000.0


def test_work_is_followed_by_who_asked_for_it_and_by_nobody_else():
    work = begin(title="Import", person_id=1, back="/schools/", at=NOW)

    assert progress_of(work.key, person_id=1) == work
    assert progress_of(work.key, person_id=2) is None
    assert progress_of("invented", person_id=1) is None


def test_two_works_have_addresses_that_nobody_guesses():
    keys = {begin(title="Import", person_id=1, back="/", at=NOW).key for _ in range(50)}

    assert len(keys) == 50
    assert all(len(key) >= 20 for key in keys)


def test_work_tells_how_far_it_is():
    work = begin(title="Import", person_id=1, back="/", at=NOW)
    assert work.percent == 0

    report(work.key, at=NOW + 1, total=3, done=1)
    assert progress_of(work.key, person_id=1).percent == 33

    report(work.key, at=NOW + 2, done=3, is_finished=True, words="3 new")
    told = progress_of(work.key, person_id=1)
    assert (told.percent, told.is_finished, told.words) == (100, True, "3 new")
    assert (told.title, told.updated_at) == ("Import", NOW + 2)


def test_more_done_than_expected_is_still_all():
    assert Progress("", "", 1, "", done=7, total=5).percent == 100


def test_work_that_nobody_remembers_says_nothing():
    report("forgotten", at=time.time(), done=1)

    assert progress_of("forgotten", person_id=1) is None


def test_unfinished_work_is_given_up_after_two_silent_minutes():
    work = begin(title="Import", person_id=1, back="/", at=NOW)

    assert not is_silent(work, at=NOW + 120)
    assert is_silent(work, at=NOW + 121)
    assert not is_silent(Progress("", "", 1, "", is_finished=True, updated_at=NOW), at=NOW + 999)
