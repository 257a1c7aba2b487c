#!/bin/sh
# Builds an image of a Stratora collector or agent with podman or docker, and runs it. The server that this came from has
# put in the hashes below.
set -eu

VERSION='@VERSION@'
CA_SHA256='@CA_SHA256@'
NATIVE_ARCH='@NATIVE_ARCH@'
NATIVE_FILE='@NATIVE_FILE@'
NATIVE_SHA256='@NATIVE_SHA256@'

usage() {
  cat <<END
Usage: sh container.sh collector|agent --server URL --token TOKEN [options]

  --server URL     https address of the server
  --token TOKEN    enrollment token (also ENROLLMENT_TOKEN)
  --ca-sha256 HEX  SHA-256 of the server's authority, if not the one that this script was made with
  --name NAME      what it is called, if not as the host
  --site SITE      where it stands
  --proxy URL      http://[user:password@]host:port, the way out (also HTTPS_PROXY)
  --base IMAGE     what the image is built on; any with glibc (docker.io/library/debian:12-slim)
  --engine NAME    podman or docker
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

type='' server='' name='' site='' base='' engine=''
token=${ENROLLMENT_TOKEN:-}
proxy=${HTTPS_PROXY:-${https_proxy:-}}
while [ $# -gt 0 ]; do
  case $1 in
    collector | agent) type=$1 ;;
    --help | -h)
      usage
      exit 0
      ;;
    --server | --token | --ca-sha256 | --name | --site | --proxy | --base | --engine)
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
        --base) base=$2 ;;
        --engine) engine=$2 ;;
      esac
      shift
      ;;
    *) misuse "there is no option $1" ;;
  esac
  shift
done
[ -n "$type" ] || misuse 'say whether it is a collector or an agent'
case $server in
  https://*) ;;
  *) misuse 'give the server with --server https://...' ;;
esac
[ -n "$token" ] || misuse 'give an enrollment token with --token'
if [ -z "$engine" ]; then
  if command -v podman >/dev/null 2>&1; then engine=podman; else engine=docker; fi
fi
command -v "$engine" >/dev/null 2>&1 || fail 'neither podman nor docker is here'
case $(uname -m) in
  x86_64 | amd64) arch=x64 ;;
  aarch64 | arm64) arch=arm64 ;;
  *) arch=$(uname -m) ;;
esac
[ "$arch" = "$NATIVE_ARCH" ] || fail "the server has the program for $NATIVE_ARCH and this is $arch"

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 1' INT TERM HUP
say "Fetching Stratora $VERSION from $server ..."
if command -v curl >/dev/null 2>&1; then
  curl -fsSk --retry 3 --connect-timeout 15 ${proxy:+--proxy "$proxy"} -o "$work/program.tar.gz" "$server/install/$NATIVE_FILE"
else
  https_proxy=$proxy wget -q --no-check-certificate --timeout=30 -O "$work/program.tar.gz" "$server/install/$NATIVE_FILE"
fi || fail "$server/install/$NATIVE_FILE could not be fetched: is the address right, and may this host connect to it?"
found=$(sha256sum "$work/program.tar.gz" | cut -d ' ' -f 1)
[ "$found" = "$NATIVE_SHA256" ] || fail "what $server sent is not the program that this script was made for.
  expected $NATIVE_SHA256
  found    $found
Nothing was built. If the server was updated a moment ago, copy its command again; else somebody is between."
tar -xzof "$work/program.tar.gz" -C "$work"
rm "$work/program.tar.gz"

image=stratora-component:$VERSION
"$engine" build ${base:+--build-arg "BASE_IMAGE=$base"} -t "$image" -f "$work/stratora/container/Containerfile" "$work"
container=stratora-$type
"$engine" rm -f "$container" >/dev/null 2>&1 || true

set -- run -d --name "$container" --restart unless-stopped --hostname "$(uname -n)" -v "$container:/var/lib/stratora" \
  -e "STRATORA_SERVER_URL=$server" -e STRATORA_ENROLLMENT_TOKEN
[ -z "$CA_SHA256" ] || set -- "$@" -e "STRATORA_CA_SHA256=$CA_SHA256"
[ -z "$name" ] || set -- "$@" -e "STRATORA_COMPONENT_NAME=$name"
[ -z "$site" ] || set -- "$@" -e "STRATORA_SITE=$site"
[ -z "$proxy" ] || set -- "$@" -e HTTPS_PROXY -e NO_PROXY
if [ "$type" = agent ]; then
  # The host's own figures instead of the container's.
  set -- "$@" --network host --pid host -v /:/host:ro -e HOST_PROC=/host/proc -e HOST_SYS=/host/sys \
    -e HOST_ETC=/host/etc -e HOST_RUN=/host/run -e HOST_MOUNT_PREFIX=/host
else
  set -- "$@" --cap-add NET_RAW
fi
STRATORA_ENROLLMENT_TOKEN=$token HTTPS_PROXY=$proxy "$engine" "$@" "$image" "$type" run
say "The $type runs in the container $container. See how it is:"
say "  $engine exec $container /opt/stratora/bin/stratora $type status"
