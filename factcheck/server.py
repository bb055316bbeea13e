"""How gunicorn serves the site: `gunicorn --config python:factcheck.server factcheck.wsgi`.

Its command line overrides these settings.
"""

from factcheck.reception import Worker

worker_class = Worker
workers = 2
threads = 4
worker_connections = 400  # with as many files for what is too large for memory, below the usual 1,024 of a process
loglevel = "warning"
# A worker that takes the terminal's Ctrl-C and its master's signal at once can hang: it is given 10 seconds, not 30.
graceful_timeout = 10
limit_request_line = 0  # the limit is that of the whole head
