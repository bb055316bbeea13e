#!/bin/sh
# Install what the tests need beside Python, where this may be done; say in one line what is missing where it may not.
# Further packages can be named as arguments.

wanted="$*"
command -v chromium >/dev/null || command -v chromium-browser >/dev/null || command -v google-chrome >/dev/null ||
	wanted="$wanted chromium"
command -v fc-list >/dev/null && fc-list :lang=ko | grep -q . || wanted="$wanted fontconfig fonts-noto-cjk"
command -v fc-list >/dev/null && fc-list :lang=ar | grep -q . || wanted="$wanted fonts-dejavu-core"
command -v npm >/dev/null || wanted="$wanted npm"
command -v java >/dev/null || wanted="$wanted default-jre-headless"
command -v initdb >/dev/null || ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || wanted="$wanted postgresql"

missing=""
for package in $wanted; do
	command -v "$package" >/dev/null || missing="$missing $package"
done
[ -z "$missing" ] && exit 0

as_root=""
[ "$(id -u)" -eq 0 ] || as_root="sudo -n"
if command -v apt-get >/dev/null && $as_root true 2>/dev/null; then
	echo "Installing:$missing"
	export DEBIAN_FRONTEND=noninteractive
	$as_root apt-get update -qq && $as_root apt-get install -y -qq --no-install-recommends $missing >/dev/null && exit 0
fi
if [ "$CI" = true ]; then
	echo "Not installed:$missing. CI skips nothing, so install them first."
	exit 1
fi
echo "Not installed:$missing. Tests that need them are skipped; install them with your package manager."
