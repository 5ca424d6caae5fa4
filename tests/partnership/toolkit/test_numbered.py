from partnership.toolkit.numbered import numbered


def test_places_are_counted_and_doubled_signs_stay_signs():
    query = "SELECT 'é' LIKE '100%%' FROM meetings WHERE body = %s AND place = %s"

    found, names = numbered(query)

    said = "SELECT 'é' LIKE '100%' FROM meetings WHERE body = $1 AND place = $2"
    assert (found.decode(), names) == (said, ())


def test_a_name_has_one_place_however_often_it_comes():
    found, names = numbered("SELECT 1 WHERE a = %(a)s AND b = %(b)s OR %(a)s = '50%%'")

    assert found.decode() == "SELECT 1 WHERE a = $1 AND b = $2 OR $1 = '50%'"
    assert names == ("a", "b")
