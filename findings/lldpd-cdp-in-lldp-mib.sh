#!/usr/bin/env bash
# lldpd listens to CDP too when it is told to (-c), and then shows whoever it heard by that in LLDP-MIB, as a row of lldpRemTable like
# any other. LLDP goes to an address that no bridge passes on, CDP to one that every bridge does: so the "LLDP neighbour" of such
# a row may be several switches away. A map that trusts LLDP as what is at the other end of the cable draws
# a cable that is not there. What tells such a row is its chassis id alone, the name in subtype 7 ("local"), where lldpd's own
# announcements have a MAC address in subtype 4. Needs root on Linux, iproute2, apt-get, dpkg-deb and Debian 12; two daemons with a Linux
# bridge between them, each in a network namespace.
set -euo pipefail

lldpd=1.0.16-1+deb12u1
snmp=5.9.3+dfsg-2+deb12u1
folder=$(mktemp -d)
near=finding-$$-near
far=finding-$$-far
between=finding-$$-between
cleanup() {
  for namespace in "$near" "$far" "$between"; do
    for pid in $(ip netns pids "$namespace" 2>/dev/null); do kill -KILL "$pid" 2>/dev/null || true; done
    ip netns del "$namespace" 2>/dev/null || true
  done
  rm -rf "$folder"
}
trap cleanup EXIT
chmod 755 "$folder"
cd "$folder"
apt-get download -qq "lldpd=$lldpd" "snmpd=$snmp" "snmp=$snmp" "libsnmp40=$snmp" "libsnmp-base=$snmp" libbsd0 libcap2 libevent-2.1-7 \
  libicu72 libmd0 libpci3 libperl5.36 libreadline8 libsensors5 libwrap0 libxml2 2>/dev/null
for package in *.deb; do dpkg-deb -x "$package" .; done
libraries=$(find "$folder" -name '*.so.*' -printf '%h\n' | sort -u | paste -sd:)
# lldpd gives up root's rights for a user whose name is built in.
(grep -v '^_lldpd:' /etc/passwd; echo '_lldpd:x:65533:65533::/run/lldpd:/usr/sbin/nologin') >passwd
(grep -v '^_lldpd:' /etc/group; echo '_lldpd:x:65533:') >group

for namespace in "$near" "$far" "$between"; do
  ip netns add "$namespace"
  ip -n "$namespace" link set lo up
done
ip -n "$between" link add bridge type bridge
ip -n "$between" link set bridge up
for namespace in "$near" "$far"; do
  side=${namespace##*-}
  ip -n "$namespace" link add port1 type veth peer name "$side" netns "$between"
  ip -n "$between" link set "$side" master bridge up
  ip -n "$namespace" link set port1 up
done

# Runs lldpd in a namespace: /run, passwd and group are its own.
announce() {
  local namespace=$1 side=${1##*-}
  shift
  printf 'configure system hostname %s\nconfigure lldp tx-interval 1\n' "$side" >"$side.conf"
  ip netns exec "$namespace" env LD_LIBRARY_PATH="$libraries" sh -c '
    mount -t tmpfs -o mode=755 tmpfs /run && mkdir /run/lldpd && mount --bind passwd /etc/passwd && mount --bind group /etc/group &&
    exec "$@"' sh usr/sbin/lldpd -d -L "$folder/usr/sbin/lldpcli" -I port1 -O "$folder/$side.conf" "$@" >"$side.log" 2>&1 &
  disown
}
# Shows the neighbours in lldpRemTable of the near side: chassis subtype, chassis, port subtype, port, name.
neighbours() {
  ip netns exec "$near" env LD_LIBRARY_PATH="$libraries" MIBS= usr/bin/snmpbulkwalk -v2c -c public -OqvU 127.0.0.1:1161 1.0.8802.1.1.2.1.4.1.1 |
    head -n 6 | tr -d '"' | paste -sd' '
}
run() {
  cat >snmpd.conf <<CONF
agentaddress udp:127.0.0.1:1161
rocommunity public
master agentx
agentXSocket $folder/agentx
CONF
  ip netns exec "$near" env LD_LIBRARY_PATH="$libraries" MIBS= SNMP_PERSISTENT_DIR="$folder/state" usr/sbin/snmpd -f -Lf "$folder/snmpd.log" \
    -C -c snmpd.conf -p "$folder/snmpd.pid" >/dev/null 2>&1 &
  disown
  for _ in $(seq 50); do [ -S agentx ] && break; sleep 0.1; done
  announce "$near" -x -X "$folder/agentx" "${@:1:1}"
  announce "$far" "${@:2:1}"
  sleep 8
  seen=$(neighbours)
  for namespace in "$near" "$far"; do
    for pid in $(ip netns pids "$namespace"); do kill -KILL "$pid" 2>/dev/null || true; done
  done
  sleep 0.5
  rm -f agentx
}

# -l: LLDP is sent whatever was heard; -ccccc: CDP is sent whether anybody was heard or not.
run -l -l
plain=${seen:-no row}
run -c -ccccc
mixed=${seen:-no row}
printf 'lldpd %s, snmpd %s\nlldpRemTable with LLDP alone: %s\nlldpRemTable with CDP: %s\n' "$lldpd" "$snmp" "$plain" "$mixed"
# Subtype and id of the chassis, subtype and id of the port, its description, the name of the system.
[ "$mixed" = '7 far 5 port1 port1 far' ] && [[ "$plain" != *far* ]] || { echo 'The behaviour has changed.'; exit 1; }
echo 'As found: who was heard by CDP, across a bridge, is a neighbour of LLDP-MIB.'
