#!/usr/bin/env bash
# Telegraf's filters (fieldinclude, tagexclude, namepass and their like) take {a,b} as alternatives since 1.40. Up to
# 1.39 a filter whose only special characters were braces was compared as plain text, and so matched nothing, although
# the same braces beside a * worked. A configuration that relied on either meaning selects other fields after the update,
# without a word in the log. Needs go; runs Telegraf's own filter package, of both versions.
set -euo pipefail

folder=$(mktemp -d)
trap 'chmod -R u+w "$folder"; rm -rf "$folder"' EXIT
export GOFLAGS=-mod=mod GOTOOLCHAIN=auto GOPATH="$folder/go" GOCACHE="$folder/cache"

matches() {
  local version=$1
  mkdir -p "$folder/$version"
  cd "$folder/$version"
  cat >main.go <<'GO'
package main

import (
	"fmt"

	"github.com/influxdata/telegraf/filter"
)

func main() {
	for _, pattern := range []string{"{used,free}", "{used,free}*"} {
		compiled, err := filter.Compile([]string{pattern})
		if err != nil {
			panic(err)
		}
		fmt.Printf("%s used=%t literal=%t\n", pattern, compiled.Match("used"), compiled.Match(pattern))
	}
}
GO
  go mod init example.invalid/braces >/dev/null 2>&1
  go get "github.com/influxdata/telegraf@$version" >/dev/null 2>&1
  go run .
}

before=$(matches v1.39.3)
after=$(matches v1.40.1)
printf 'Telegraf 1.39.3:\n%s\nTelegraf 1.40.1:\n%s\n' "$before" "$after"

expected_before='{used,free} used=false literal=true
{used,free}* used=true literal=false'
expected_after='{used,free} used=true literal=false
{used,free}* used=true literal=false'
[ "$before" = "$expected_before" ] && [ "$after" = "$expected_after" ] || { echo 'The behaviour has changed.'; exit 1; }
echo 'As found: braces alone are plain text in 1.39.3 and alternatives in 1.40.1.'
