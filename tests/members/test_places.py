from members.names import initials
from members.places import country_names, language_meant, language_names, offered_zones, zone_meant


def test_a_zone_is_found_by_its_name_in_any_case_and_by_its_town():
    typed = ["Europe/Lisbon", "europe/lisbon", "lisbon", "New York", "america/new york", "UTC", "Asia/Calcutta"]

    assert [zone_meant(words) for words in typed] == [
        "Europe/Lisbon", "Europe/Lisbon", "Europe/Lisbon", "America/New_York", "America/New_York", "UTC",
        "Asia/Calcutta",
    ]  # fmt: skip


def test_what_is_no_zone_is_not_found():
    assert [zone_meant(words) for words in ["Mars/Base", "", "../etc/passwd", "Europe", "x" * 500]] == [None] * 5


def test_old_and_technical_names_of_zones_are_not_offered():
    offered = offered_zones()

    assert "Europe/Amsterdam" in offered
    assert [zone for zone in offered if zone.startswith(("Etc/", "US/"))] == []


def test_a_language_is_found_by_its_english_name_its_own_name_and_its_code():
    typed = ["Dutch", "nederlands", "NL", "Français", "日本語", "Farsi", "Klingon", ""]

    assert [language_meant(words) for words in typed] == ["nl", "nl", "nl", "fr", "ja", "fa", None, None]


def test_every_language_and_country_has_a_name():
    assert (language_names()["pt"], country_names()["PT"]) == ("Portuguese", "Portugal")
    assert all([*language_names().values(), *country_names().values()])


def test_initials_are_drawn_from_names_of_any_script():
    names = {
        "Bart de Wit": "BW", "Fatima": "F", "محمد الفارسي": "ما", "李小龙": "李", "Élodie Ångström": "ÉÅ",
        "श्रेया घोषाल": "श्रेघो", "Ольга Іваненко": "ОІ", "’t Hooft": "tH".upper(), "ßeta Ray": "ßR", "… –": "",
        "김 민수": "김민",
    }  # fmt: skip

    assert {name: initials(name) for name in names} == names
