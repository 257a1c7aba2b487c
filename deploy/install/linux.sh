#!/bin/sh
# Installs a Stratora collector or agent on this host, enrols it and starts it. Run again, it brings the program to the
# server's version and leaves everything else as it is. The server that this came from has put in the hashes below: the
# program and the server's authority are taken only if they have them.
set -eu
umask 022

VERSION='@VERSION@'
CA_SHA256='@CA_SHA256@'
# Program with its own runtime, for one kind of machine.
NATIVE_ARCH='@NATIVE_ARCH@'
NATIVE_FILE='@NATIVE_FILE@'
NATIVE_SHA256='@NATIVE_SHA256@'
# Program alone, for machines that have Node.js.
ANY_FILE='@ANY_FILE@'
ANY_SHA256='@ANY_SHA256@'
NODE_MAJOR='@NODE_MAJOR@'

usage() {
  cat <<END
Usage: sh linux.sh collector|agent --server URL --token TOKEN [options]

  --server URL     https address of the server
  --token TOKEN    enrollment token; not needed where it is enrolled already (also ENROLLMENT_TOKEN)
  --ca-sha256 HEX  SHA-256 of the server's authority, if not the one that this script was made with
  --name NAME      what it is called, if not as the host
  --site SITE      where it stands
  --proxy URL      http://[user:password@]host:port, the way out (also HTTPS_PROXY)
  --user           for this user alone: below the home directory, as a service of the user
  --prefix DIR     everything below DIR, and no service is started
  --no-start       install and enrol only
  --uninstall      removes the program and the service; identity and queue stay
END
}

say() { printf '%s\n' "$*"; }
fail() {
  printf 'stratora: %s\n' "$*" >&2
  exit 1
}
misuse() {
  printf 'stratora: %s\n\n' "$*" >&2
  usage >&2
  exit 2
}

type='' server='' name='' site='' prefix='' user='' start=yes uninstall=''
token=${ENROLLMENT_TOKEN:-}
proxy=${HTTPS_PROXY:-${https_proxy:-}}
while [ $# -gt 0 ]; do
  case $1 in
    collector | agent) type=$1 ;;
    --user) user=yes ;;
    --no-start) start='' ;;
    --uninstall) uninstall=yes ;;
    --help | -h)
      usage
      exit 0
      ;;
    --server | --token | --ca-sha256 | --name | --site | --proxy | --prefix)
      case ${2:---} in
        --*) misuse "$1 needs a value" ;;
      esac
      case $1 in
        --server) server=${2%/} ;;
        --token) token=$2 ;;
        --ca-sha256) CA_SHA256=$2 ;;
        --name) name=$2 ;;
        --site) site=$2 ;;
        --proxy) proxy=$2 ;;
        --prefix) prefix=${2%/} ;;
      esac
      shift
      ;;
    *) misuse "there is no option $1" ;;
  esac
  shift
done
[ -n "$type" ] || misuse 'say whether it is a collector or an agent'

# ---- where everything goes

if [ -n "$user" ]; then
  base=${XDG_DATA_HOME:-$HOME/.local/share}/stratora
  state=${XDG_STATE_HOME:-$HOME/.local/state}/stratora/$type
  units=${XDG_CONFIG_HOME:-$HOME/.config}/systemd/user
else
  base=/opt/stratora state=/var/lib/stratora/$type units=/etc/systemd/system
  [ -n "$prefix" ] || [ "$(id -u)" = 0 ] || fail 'run this as root, or with --user'
fi
base=$prefix$base state=$prefix$state units=$prefix$units
case $base$state$units in
  *[!A-Za-z0-9/._@+-]*) fail "these paths hold characters that a service definition cannot: $base $state" ;;
esac
program=$base/current/bin/stratora
unit=stratora-$type.service
account=''
[ -n "$user$prefix" ] || account=stratora

systemd() {
  if [ -n "$user" ]; then systemctl --user "$@"; else systemctl "$@"; fi
}
has_systemd() {
  [ -z "$prefix" ] && command -v systemctl >/dev/null 2>&1 && [ -d /run/systemd/system ]
}

if [ -n "$uninstall" ]; then
  if has_systemd; then systemd disable --now "$unit" >/dev/null 2>&1 || true; fi
  rm -f "$units/$unit"
  if has_systemd; then systemd daemon-reload || true; fi
  other=collector
  [ "$type" = agent ] || other=agent
  if [ ! -e "$units/stratora-$other.service" ]; then rm -rf "$base"; fi
  say "The $type is removed. Its identity and its queue are still in $state."
  exit 0
fi

# ---- what is here

[ "$(uname -s)" = Linux ] || fail "this is not Linux: $(uname -s)"
case $server in
  https://*) ;;
  '') misuse 'give the server with --server URL' ;;
  *) misuse 'the server must be an https:// address' ;;
esac
if [ -z "$token" ] && [ ! -e "$state/identity.json" ]; then misuse 'give an enrollment token with --token'; fi
for tool in tar gzip sed; do
  command -v $tool >/dev/null 2>&1 || fail "$tool is missing here; install it first"
done
if command -v curl >/dev/null 2>&1; then fetcher=curl; else fetcher=wget; fi
command -v $fetcher >/dev/null 2>&1 || fail 'neither curl nor wget is here; install one of them first'

case $(uname -m) in
  x86_64 | amd64) arch=x64 ;;
  aarch64 | arm64) arch=arm64 ;;
  *) arch=$(uname -m) ;;
esac
node_here() {
  command -v node >/dev/null 2>&1 && [ "$(node -p 'Number.parseInt(process.versions.node)' 2>/dev/null || echo 0)" -ge "$NODE_MAJOR" ]
}
if [ "$arch" = "$NATIVE_ARCH" ]; then
  file=$NATIVE_FILE sum=$NATIVE_SHA256
elif node_here; then
  file=$ANY_FILE sum=$ANY_SHA256
else
  fail "the server has the program for $NATIVE_ARCH and this is $arch: install Node.js $NODE_MAJOR or newer, then run this again"
fi

# ---- the program

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 1' INT TERM HUP

# What comes is checked by its hash, so it does not matter yet who sends it.
fetch() {
  if [ $fetcher = curl ]; then
    curl -fsSk --retry 3 --connect-timeout 15 ${proxy:+--proxy "$proxy"} -o "$2" "$1"
  else
    https_proxy=$proxy wget -q --no-check-certificate --timeout=30 -O "$2" "$1"
  fi
}
hash_of() {
  if command -v sha256sum >/dev/null 2>&1; then sha256sum "$1"
  elif command -v shasum >/dev/null 2>&1; then shasum -a 256 "$1"
  else openssl dgst -sha256 -r "$1"
  fi | cut -d ' ' -f 1
}

target=$base/versions/$VERSION-$(printf %.12s "$sum")
if [ ! -x "$target/bin/stratora" ]; then
  say "Fetching Stratora $VERSION from $server ..."
  fetch "$server/install/$file" "$work/program.tar.gz" ||
    fail "$server/install/$file could not be fetched: is the address right, and may this host connect to it?"
  found=$(hash_of "$work/program.tar.gz")
  [ "$found" = "$sum" ] || fail "what $server sent is not the program that this script was made for.
  expected $sum
  found    $found
Nothing was installed. If the server was updated a moment ago, copy its command again; else somebody is between."
  mkdir -p "$base/versions"
  rm -rf "$target.part"
  mkdir "$target.part"
  tar -xzof "$work/program.tar.gz" -C "$target.part"
  # Complete or not there: a kill leaves no half of it under its name.
  rm -rf "$target"
  mv "$target.part/stratora" "$target"
  rmdir "$target.part"
fi
if ! "$target/bin/stratora" --version >/dev/null 2>&1; then
  # The runtime that came along is made for glibc; a Node.js of the host does as well.
  node_here || fail "the runtime does not run here (is this a system without glibc?): install Node.js $NODE_MAJOR or newer, then run this again"
  rm -rf "$target/node"
  "$target/bin/stratora" --version >/dev/null || fail 'the program does not run here'
fi
ln -s "$target" "$base/current.part.$$"
mv -T "$base/current.part.$$" "$base/current" 2>/dev/null || {
  # A mv without -T: not at once, but there.
  rm -f "$base/current"
  mv "$base/current.part.$$" "$base/current"
}
# The one before stays for a way back by hand; older ones go.
kept=0
for old in $(ls -1t "$base/versions"); do
  [ "$base/versions/$old" != "$target" ] || continue
  kept=$((kept + 1))
  [ $kept -le 1 ] || rm -rf "$base/versions/${old:?}"
done

# ---- its account, its state, its identity

if [ -n "$account" ] && ! id "$account" >/dev/null 2>&1; then
  if command -v useradd >/dev/null 2>&1; then
    useradd --system --user-group --home-dir /var/lib/stratora --no-create-home --shell /usr/sbin/nologin "$account"
  elif command -v adduser >/dev/null 2>&1; then
    addgroup -S "$account" 2>/dev/null || true
    adduser -S -D -H -h /var/lib/stratora -s /sbin/nologin -G "$account" "$account"
  else
    fail 'neither useradd nor adduser is here to make an account for the service'
  fi
fi
mkdir -p "$state"
chmod 700 "$state"
if [ -n "$token" ]; then
  set -- "$type" enroll --server "$server" --state-dir "$state"
  [ -z "$CA_SHA256" ] || set -- "$@" --ca-sha256 "$CA_SHA256"
  [ -z "$name" ] || set -- "$@" --name "$name"
  [ -z "$site" ] || set -- "$@" --site "$site"
  STRATORA_ENROLLMENT_TOKEN=$token HTTPS_PROXY=$proxy "$program" "$@" || exit 1
else
  say "The $type is enrolled already."
fi
if [ -n "$account" ]; then
  chmod 755 /var/lib/stratora
  chown -R "$account:$account" "$state"
fi

# ---- the service

mkdir -p "$units"
definition=$base/current/systemd/$unit
[ -z "$user" ] || definition=$base/current/systemd/user/$unit
sed -e "s|@PROGRAM@|$program|g" -e "s|@STATE@|$state|g" "$definition" >"$units/$unit.part"
mv "$units/$unit.part" "$units/$unit"
if [ -n "$start" ] && has_systemd; then
  systemd daemon-reload
  systemd enable "$unit" >/dev/null 2>&1
  systemd restart "$unit"
  say "The $type runs as $unit. See how it is:"
  say "  $program $type status --state-dir $state"
  [ -z "$user" ] || say "It ends with your session unless you run: loginctl enable-linger"
else
  say "The $type is installed and not started. This runs it in the foreground:"
  say "  $program $type run --state-dir $state"
fi
