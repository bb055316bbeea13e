from django.contrib.auth.models import AbstractUser


class User(AbstractUser):
    """Someone who works on the desk. Our own class from the first migration, so that it can grow."""
