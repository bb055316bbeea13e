from django.contrib.auth.models import Group, Permission
from django.test import Client

from claims.models import User
from tests.admin.conftest import As
from tests.admin.forms import complaints, path, save


def test_add_a_colleague(logged_in_as: As) -> None:
    password = "a long walk home"
    values = {"username": "kim", "usable_password": "true", "password1": password, "password2": password}

    save(logged_in_as("superuser"), path("user", "add"), **values)

    assert User.objects.get(username="kim").check_password(password)


def test_password_that_is_too_short(logged_in_as: As) -> None:
    values = {"username": "kim", "usable_password": "true", "password1": "walk", "password2": "walk"}

    page = save(logged_in_as("superuser"), path("user", "add"), **values)

    assert complaints(page)[0].startswith("This password is too short.")
    assert not User.objects.filter(username="kim").exists()


def test_group_may_be_given_the_right_to_publish(logged_in_as: As) -> None:
    permission = Permission.objects.get(codename="publish_claim")
    colleague = User.objects.create(username="kim", is_staff=True)

    save(logged_in_as("superuser"), "/admin/auth/group/add/", name="Publishers", permissions=[permission.pk])
    colleague.groups.add(Group.objects.get(name="Publishers"))

    assert colleague.has_perm("claims.publish_claim")


def test_start_page_names_the_site(client: Client, db: None) -> None:
    page = client.get("/admin/login/")

    assert page.content.decode().count("Factcheck desk</a>") == 1
