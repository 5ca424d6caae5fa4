from partnership.toolkit.numbered import numbered


def test_places_are_counted_and_doubled_signs_stay_signs():
    query = "SELECT 'é' LIKE '100%%' FROM meetings WHERE body = %s AND place = %s"

    found = numbered(query)

    assert found.decode() == "SELECT 'é' LIKE '100%' FROM meetings WHERE body = $1 AND place = $2"
