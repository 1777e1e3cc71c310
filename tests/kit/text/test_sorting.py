from orken.kit.text.sorting import sort_key


def test_kazakh_letters_stand_beside_their_russian_kin() -> None:
    names = ["Ғалия", "Гүлнар", "Ұлжан", "Ольга", "Әсем", "Айгүл", "Қарлығаш", "Кәмила"]
    assert sorted(names, key=sort_key) == ["Айгүл", "Әсем", "Гүлнар", "Ғалия", "Кәмила", "Қарлығаш", "Ольга", "Ұлжан"]
