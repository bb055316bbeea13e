from django.test import Client

from claims.models import Page
from tests import factories
from tests.admin.forms import complaints, filled, path, save


def test_new_page_begins_with_the_text_that_readers_get(desk: Client, db: None) -> None:
    address = f"{path('page', 'add')}?slug=about"

    desk.post(address, filled(desk.get(address)))

    page = Page.objects.get()
    assert (page.slug, page.title) == ("about", "About us")
    assert page.body.startswith("Factcheck checks what people in public life say.")


def test_page_that_is_on_the_desk_already(desk: Client, db: None) -> None:
    factories.PageFactory.create()

    response = save(desk, f"{path('page', 'add')}?slug=about")

    assert complaints(response) == ["The text of this page is on the desk already."]


def test_page_keeps_its_address(desk: Client, db: None) -> None:
    page = factories.PageFactory.create()

    save(desk, path("page", "change", page.pk), slug="privacy", title="Us")

    page.refresh_from_db()
    assert (page.slug, page.title) == ("about", "Us")
