#!/bin/sh
# Install what judges our pages (axe, the Nu HTML checker; with the argument `lighthouse`, that) from its lock file, into a
# folder that git ignores. Their install scripts do not run: they would fetch a Java or a browser of their own.

cd "$(dirname "$0")/tools/$1" || exit 1
[ node_modules/.installed -nt package-lock.json ] && exit 0

if command -v npm >/dev/null && npm ci --ignore-scripts --no-audit --no-fund --loglevel error >/dev/null; then
	touch node_modules/.installed
	exit 0
fi
if [ "$CI" = true ]; then
	echo "Not installed: the tools of $(pwd). CI skips nothing, so make npm work first."
	exit 1
fi
echo "Not installed: the tools of $(pwd). Tests that need them are skipped; install npm (Node.js) and try again."
