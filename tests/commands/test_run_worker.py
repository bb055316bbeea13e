import pytest
from django.core.management import CommandError, call_command


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (["--concurrency", "0"], "--concurrency is 0. Give a number from 1 to 64."),
        (["--concurrency", "65"], "--concurrency is 65. Give a number from 1 to 64."),
        (["--time-limit", "0"], "--time-limit is 0. Give seconds, 15 at most."),
        (["--time-limit", "16"], "--time-limit is 16. Give seconds, 15 at most."),
        (["--time-limit", "nan"], "--time-limit is nan. Give seconds, 15 at most."),
    ],
)
def test_option_that_is_wrong(options: list[str], sentence: str) -> None:
    with pytest.raises(CommandError) as caught:
        call_command("run_worker", *options)

    assert str(caught.value) == sentence
