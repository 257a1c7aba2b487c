#!/usr/bin/env bash
# Telegraf's outputs.influxdb decides by the words of an answer, not by its status, whether a batch is lost. A 503 whose
# JSON error contains "partial write", "unable to parse", "retention policy not found" or "hinted handoff queue not empty"
# drops the batch for good, as if it had been stored, although 503 asks to come again; the same 503 with other words keeps
# it. So a proxy that passes a server's text on inside of its own 503 loses data. And success is 204 alone: a batch that
# is answered 200 is kept and sent again for ever. Needs go; runs Telegraf's own output against a server on the loopback.
set -euo pipefail

folder=$(mktemp -d)
trap 'chmod -R u+w "$folder"; rm -rf "$folder"' EXIT
export GOFLAGS=-mod=mod GOTOOLCHAIN=auto GOPATH="$folder/.go" GOCACHE="$folder/.cache"
cd "$folder"
cat >main.go <<'GO'
package main

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"time"

	"github.com/influxdata/telegraf"
	"github.com/influxdata/telegraf/metric"
	"github.com/influxdata/telegraf/plugins/outputs/influxdb"
	"github.com/influxdata/telegraf/selfstat"
	"github.com/influxdata/telegraf/testutil"
)

func outcome(status int, message string) string {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		w.WriteHeader(status)
		if status != http.StatusNoContent {
			fmt.Fprintf(w, `{"error":%q}`, message)
		}
	}))
	defer server.Close()
	output := &influxdb.InfluxDB{
		URLs: []string{server.URL}, Database: "d", SkipDatabaseCreation: true, Log: testutil.Logger{Quiet: true},
		Statistics: selfstat.NewCollector(nil),
		CreateHTTPClientF: func(config *influxdb.HTTPConfig) (influxdb.Client, error) {
			return influxdb.NewHTTPClient(*config)
		},
	}
	if err := output.Init(); err != nil {
		panic(err)
	}
	if err := output.Connect(); err != nil {
		panic(err)
	}
	defer output.Close()
	fields := map[string]interface{}{"value": 1.0}
	batch := []telegraf.Metric{metric.New("m", nil, fields, time.Unix(1700000000, 0))}
	if output.Write(batch) == nil {
		return "done with"
	}
	return "kept"
}

func main() {
	for _, one := range []struct {
		status  int
		message string
	}{
		{204, ""},
		{200, ""},
		{503, "the store is starting"},
		{503, "partial write: the store is starting"},
		{503, "unable to parse the answer of the store"},
		{503, "retention policy not found yet"},
		{502, "hinted handoff queue not empty"},
	} {
		fmt.Printf("%d %q: %s\n", one.status, one.message, outcome(one.status, one.message))
	}
}
GO
go mod init example.invalid/words >/dev/null 2>&1
go get github.com/influxdata/telegraf@v1.40.1 >/dev/null 2>&1
seen=$(go run . 2>/dev/null)
printf 'Telegraf %s\n%s\n' "$(go list -m -f '{{.Version}}' github.com/influxdata/telegraf)" "$seen"
expected='204 "": done with
200 "": kept
503 "the store is starting": kept
503 "partial write: the store is starting": done with
503 "unable to parse the answer of the store": done with
503 "retention policy not found yet": done with
502 "hinted handoff queue not empty": done with'
[ "$seen" = "$expected" ] || { echo 'The behaviour has changed.'; exit 1; }
echo 'As found: the words of an error decide whether a batch is lost.'
