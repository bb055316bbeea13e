# Factcheck. `make demo` to look at it, `make test` before you send a change. Nothing but Python, make and a shell is needed.

PYTHON ?= python3
PORT ?= 8000
VENV := .venv
NEWEST := .venv-newest
DEMO := .demo
STATIC := .static/staticfiles.json

# Python 3.13 or later with the newest Django: on the PATH, or among pyenv's versions.
NEWEST_PYTHON ?= $(shell for python in python3.14 python3.13 $${PYENV_ROOT:-$$HOME/.pyenv}/versions/3.1[3-9]*/bin/python3; \
	do "$$python" -c 'import sys; sys.exit(sys.version_info < (3, 13))' 2>/dev/null && echo "$$python" && break; done)

# The longest request line that gunicorn takes: many addresses to look up go into one.
# A worker that takes the terminal's Ctrl-C and its master's signal at once can hang: it is given 10 seconds, not 30.
SERVE := -m gunicorn factcheck.wsgi --bind 127.0.0.1:$(PORT) --worker-class gthread --workers 2 --threads 4 \
	--graceful-timeout 10 --limit-request-line 8190 --log-level warning
WITH_ENV := set -a; if [ -f .env ]; then . ./.env; fi; set +a;

.PHONY: help demo run test test-newest lint bench lighthouse screenshots messages lock clean

help:
	@echo "make demo         set up, load the demo and serve it on http://127.0.0.1:$(PORT) (PORT= overrides)"
	@echo "make run          serve the site that .env or the environment describes, and send its webhooks"
	@echo "make test         lint, types, and all tests on SQLite, PostgreSQL and in Chromium"
	@echo "make test-newest  all tests on the newest Python and Django"
	@echo "make lint         lint and types only"
	@echo "make bench        measure, on both databases (takes long)"
	@echo "make lighthouse   measure the main pages with Lighthouse"
	@echo "make screenshots  renew the screenshots that tests compare pages with"
	@echo "make messages     collect the texts that readers see for translation, and compile what is translated (needs gettext)"
	@echo "make lock         pin all dependencies anew"
	@echo "make clean        remove what these targets made"

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Python 3.11 or later is needed. Name one: make PYTHON=python3.12"; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/runtime: requirements.txt | $(VENV)/bin/python
	$(VENV)/bin/python -m pip install --quiet --require-hashes -r requirements.txt
	@touch $@

$(VENV)/dev: requirements-dev.txt | $(VENV)/bin/python
	$(VENV)/bin/python -m pip install --quiet --require-hashes -r requirements-dev.txt
	@touch $@ $(VENV)/runtime

# Compressed at their best, which takes longer than everything else at a start: only when there are others than before.
$(STATIC): $(VENV)/runtime $(shell find claims/static -type f)
	@SECRET_KEY=for-static-files SECRET_KEY_FILE= DATABASE_URL=sqlite:///:memory: \
		$(VENV)/bin/python manage.py collectstatic --noinput -v0

demo: export SECRET_KEY_FILE = $(DEMO)/secret-key
demo: export DATABASE_URL = sqlite:///$(DEMO)/demo.sqlite3
demo: $(VENV)/runtime $(STATIC)
	@mkdir -p $(DEMO)
	@[ -s $(DEMO)/secret-key ] || \
		$(VENV)/bin/python -c 'import secrets; print(secrets.token_urlsafe(50))' > $(DEMO)/secret-key
	@$(VENV)/bin/python manage.py migrate -v0
	@$(VENV)/bin/python manage.py load_demo --logins
	@echo "Pages: http://127.0.0.1:$(PORT)/    Desk: http://127.0.0.1:$(PORT)/admin/    API: http://127.0.0.1:$(PORT)/api/v1/"
	@echo "Stop with Ctrl-C."
	@exec $(VENV)/bin/python $(SERVE)

run: $(VENV)/runtime $(STATIC)
	@$(WITH_ENV) $(VENV)/bin/python manage.py migrate -v0
	@echo "Serving http://127.0.0.1:$(PORT)/"
	@$(WITH_ENV) $(VENV)/bin/python manage.py run_worker --with-parent $$$$ & exec $(VENV)/bin/python $(SERVE)

lint: export SECRET_KEY = only-for-linting
lint: export DATABASE_URL = sqlite:///:memory:
lint: $(VENV)/dev
	$(VENV)/bin/ruff check
	$(VENV)/bin/ruff format --check --quiet
	$(VENV)/bin/djade --target-version 5.2 --check $$(git ls-files 'templates/*.html')
	$(VENV)/bin/lint-imports --no-cache --verbose > .lint-imports 2>&1 || { cat .lint-imports; rm .lint-imports; exit 1; }
	@rm -f .lint-imports
	$(VENV)/bin/mypy
	$(VENV)/bin/python manage.py makemigrations --check --dry-run

test: lint
	@sh tests/install-system-packages.sh
	@sh tests/install-tools.sh
	$(VENV)/bin/python -m pytest -n 2
	$(VENV)/bin/python -m tests.postgres $(VENV)/bin/python -m pytest -n 2 -m "not gate"

test-newest:
	@if [ -z "$(NEWEST_PYTHON)" ]; then \
		echo "Skipped: no Python 3.13 or later was found. Name one: make test-newest NEWEST_PYTHON=..."; \
		[ "$$CI" != true ]; \
	else $(MAKE) --no-print-directory _test-newest; fi

_test-newest:
	@[ -x $(NEWEST)/bin/python ] || $(NEWEST_PYTHON) -m venv $(NEWEST)
	@[ $(NEWEST)/dev -nt requirements-dev.txt ] || \
		{ $(NEWEST)/bin/python -m pip install --quiet --require-hashes -r requirements-dev.txt && touch $(NEWEST)/dev; }
	@sh tests/install-system-packages.sh
	@sh tests/install-tools.sh
	@$(NEWEST)/bin/python -c 'import django, sys; print("Python", sys.version.split()[0], "Django", django.__version__)'
	$(NEWEST)/bin/python -m pytest -n 2 -m "not gate"
	$(NEWEST)/bin/python -m tests.postgres $(NEWEST)/bin/python -m pytest -n 2 -m "not gate"

bench: $(VENV)/dev
	@sh tests/install-system-packages.sh wrk
	$(VENV)/bin/python -m tests.benchmarks

lighthouse: $(VENV)/dev
	@sh tests/install-system-packages.sh
	@sh tests/install-tools.sh lighthouse
	@$(VENV)/bin/python -m tests.lighthouse

screenshots: $(VENV)/dev
	@sh tests/install-system-packages.sh
	RENEW_SCREENSHOTS=yes $(VENV)/bin/python -m pytest -q tests/browser/test_screenshots.py

# Markers of every supported Python go in one file; no address of any index does.
COMPILE := $(VENV)/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header \
	--no-annotate --no-emit-index-url --extra images --extra postgres

# Of what the templates and the code say, into claims/locale. The compiled files are kept too: a machine may lack gettext.
messages: export SECRET_KEY = for-messages
messages: $(VENV)/dev
	$(VENV)/bin/python manage.py makemessages --all --no-location --no-wrap --no-obsolete
	$(VENV)/bin/python manage.py compilemessages

lock: $(VENV)/dev
	$(COMPILE) --upgrade pyproject.toml -o requirements.txt
	$(COMPILE) --upgrade --group dev -c requirements.txt pyproject.toml -o requirements-dev.txt

clean:
	rm -rf $(VENV) $(NEWEST) $(DEMO) .static .bench .mypy_cache .ruff_cache .pytest_cache .hypothesis
	rm -rf tests/tools/node_modules tests/tools/lighthouse/node_modules
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
