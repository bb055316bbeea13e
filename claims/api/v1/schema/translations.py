"""What there is in further languages. They mirror the tables of `claims.models.translation`."""

from claims.api.v1.schema.members import Schema, text, translation

_QUOTED: dict[str, Schema] = {
    "quotation": text("What the passage means; may be empty.", "상응 조치"),
    "locator": text("Where in the source; may be empty.", "정상회담을 알린 그의 게시물 끝부분"),
}
_TRANSLATION = translation(
    "A claim and our finding in another language. What is empty is not translated.",
    {
        "text": text("The claim; may be empty.", "한국은 스티븐 비건의 정상회담 준비를 전적으로 지지한다."),
        "summary": text("The finding; may be empty.", "지지한다는 말은 근거로 가릴 수 있는 주장이 아닙니다."),
        "rationale": text("Why; may be empty.", "이를 가늠할 만한 결과가 공개되지 않았습니다."),
        "criterion": text("What settles a forecast; may be empty.", "두 정상이 이 이틀 동안 하노이에서 만난다."),
        "words": text("The speaker's words for the time; absent where they are not translated.", "2월 17일이 낀 주"),
    },
)

TRANSLATIONS: dict[str, Schema] = {
    "ClaimTranslation": _TRANSLATION,
    "QuotationTranslation": translation("What a quotation means in another language.", _QUOTED),
    "EvidenceTranslation": translation(
        "Evidence in another language.",
        _QUOTED | {"note": text("What it shows; may be empty.", "하노이 정상회담은 2월 28일 합의 없이 끝났습니다.")},
    ),
    "Translation": translation(
        "Name and description in another language.",
        {"name": text("Name.", "미국 국무부"), "description": text("May be empty.", "미국의 외교 부처.")},
    ),
    "PageTranslation": translation(
        "The page in another language.",
        {
            "title": text("Title.", "정정 원칙"),
            "body": text("The text, in Markdown.", "틀렸을 때는 틀렸다고 밝힙니다."),
        },
    ),
    "NameTranslation": translation("A name in another language.", {"name": text("Name.", "미국 국무부")}),
    "TitleTranslation": translation("A role in another language.", {"title": text("Title.", "대통령 대변인")}),
    "SourceTranslation": translation(
        "What a source and its publisher are called in another language.",
        {
            "title": text("What the title means.", "2차 정상회담을 앞둔 북미, 남은 과제"),
            "publisher": text("May be empty.", "미국의소리(VOA)"),
        },
    ),
    "TextTranslation": translation(
        "A claim in another language.",
        {"text": text("It.", "북한은 김정은의 지도 아래 경제 대국이 될 것이다.")},
    ),
    "RatingTranslation": translation(
        "A rating in another language.",
        {
            "label": text("What readers see.", "대체로 거짓"),
            "definition": text("What it means.", "일말의 사실을 담고 있으나 잘못된 인상을 남깁니다."),
        },
    ),
    "NoteTranslation": translation(
        "A note in another language.",
        {"note": text("The note.", "예측의 결과가 확정되었습니다. 정상회담이 열렸습니다.")},
    ),
}
