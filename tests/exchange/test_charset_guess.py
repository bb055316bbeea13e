import pytest

from claims.exchange import charset_guess


@pytest.mark.parametrize(
    ("text", "encoding", "is_sure"),
    [
        ("Não é bem assim: vacinação, INFORMAÇÃO FALSA", "cp1252", True),
        ("créée l'été, Größe, año, niñez, ¿qué?", "cp1252", True),
        ("plain", "cp1252", True),
        ("الادعاء بأن الحكومة أصدرت قرارا جديدا", "cp1256", True),
        ("نشرت صفحة على facebook صورة é مفبركة", "cp1256", True),
        ("مصر", "cp1256", False),
        ("В России утверждают, что вакцина опасна", "cp1251", True),
        ("ПУТИН СКАЗАЛ НЕПРАВДУ", "cp1251", False),
        ("Твърдението е невярно и подвеждащо", "cp1251", True),
    ],
)
def test_encoding_that_the_letters_suggest(text: str, encoding: str, is_sure: bool) -> None:
    assert charset_guess.guessed(text.encode(encoding)) == (encoding, is_sure)
