// A poller on gosnmp, the library that Telegraf's snmp input uses: the peer of the snmp-engine bench.
//
// It keeps one connection per device, as Telegraf does, and turns the system group, ifTable and ifXTable into line
// protocol. Commands on standard input: "column" walks one column at a time (Telegraf's way), "table" asks for all
// columns of a table with each GETBULK. Each answers with one line of JSON: CPU seconds used, lines and varbinds.
package main

import (
	"bufio"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"time"

	"github.com/gosnmp/gosnmp"
)

type column struct {
	Name string `json:"name"`
	OID  string `json:"oid"`
	Tag  bool   `json:"tag"`
}

type table struct {
	Name    string   `json:"name"`
	Columns []column `json:"columns"`
}

type work struct {
	Agents    []string `json:"agents"`
	Port      uint16   `json:"port"`
	Community string   `json:"community"`
	Fields    []column `json:"fields"`
	Tables    []table  `json:"tables"`
}

type device struct {
	host string
	snmp *gosnmp.GoSNMP
}

type report struct {
	CPUSeconds float64 `json:"cpuSeconds"`
	WallMs     int64   `json:"wallMs"`
	Lines      int64   `json:"lines"`
	Varbinds   int64   `json:"varbinds"`
	Errors     int64   `json:"errors"`
	LastError  string  `json:"lastError"`
}

const maxRepetitions = 10

func main() {
	file := flag.String("work", "", "JSON file with agents and objects")
	atOnce := flag.Int("at-once", 64, "devices polled at once")
	flag.Parse()
	job := readWork(*file)
	devices := connect(job)
	fmt.Println("ready")
	lines := bufio.NewScanner(os.Stdin)
	for lines.Scan() {
		switch lines.Text() {
		case "column":
			run(job, devices, *atOnce, perColumn)
		case "table":
			run(job, devices, *atOnce, perTable)
		}
	}
}

func readWork(file string) work {
	var job work
	text, err := os.ReadFile(file)
	if err == nil {
		err = json.Unmarshal(text, &job)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	return job
}

func connect(job work) []device {
	devices := make([]device, 0, len(job.Agents))
	for _, host := range job.Agents {
		snmp := &gosnmp.GoSNMP{
			Target: host, Port: job.Port, Version: gosnmp.Version2c, Community: job.Community,
			Timeout: 5 * time.Second, Retries: 3, MaxRepetitions: maxRepetitions, MaxOids: gosnmp.MaxOids,
		}
		if err := snmp.Connect(); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		devices = append(devices, device{host, snmp})
	}
	return devices
}

type tally struct {
	lines, varbinds, errors atomic.Int64
	lastError               atomic.Value
}

// way is how to ask: both functions fill rows, by index, with a cell per column.
type way struct {
	fields func(snmp *gosnmp.GoSNMP, fields []column, rows *rowSet) error
	table  func(snmp *gosnmp.GoSNMP, t table, rows *rowSet) error
}

// perColumn is Telegraf's: a GET for each field, a walk for each column.
var perColumn = way{fields: getEach, table: walkColumns}

// perTable asks for all fields with one GET, for all columns of a table with each GETBULK.
var perTable = way{fields: getAll, table: walkTable}

func run(job work, devices []device, atOnce int, walk way) {
	var count tally
	started := time.Now()
	before := cpuSeconds()
	queue := make(chan device)
	var workers sync.WaitGroup
	for i := 0; i < atOnce; i++ {
		workers.Add(1)
		go func() {
			defer workers.Done()
			var out []byte
			for d := range queue {
				out = poll(job, d, walk, &count, out[:0])
			}
		}()
	}
	for _, d := range devices {
		queue <- d
	}
	close(queue)
	workers.Wait()
	r := report{
		CPUSeconds: cpuSeconds() - before, WallMs: time.Since(started).Milliseconds(),
		Lines: count.lines.Load(), Varbinds: count.varbinds.Load(), Errors: count.errors.Load(),
	}
	if last, ok := count.lastError.Load().(string); ok {
		r.LastError = last
	}
	text, _ := json.Marshal(r)
	fmt.Println(string(text))
}

func poll(job work, d device, walk way, count *tally, out []byte) []byte {
	stamp := strconv.FormatInt(time.Now().UnixNano(), 10)
	fail := func(err error) {
		count.errors.Add(1)
		count.lastError.Store(err.Error())
	}
	scalars := newRowSet(len(job.Fields))
	if err := walk.fields(d.snmp, job.Fields, scalars); err != nil {
		fail(err)
		return out
	}
	count.varbinds.Add(int64(scalars.cells))
	out = writeRows(out, "snmp", job.Fields, scalars, d.host, stamp, count)
	for _, t := range job.Tables {
		rows := newRowSet(len(t.Columns))
		if err := walk.table(d.snmp, t, rows); err != nil {
			fail(err)
			continue
		}
		count.varbinds.Add(int64(rows.cells))
		out = writeRows(out, t.Name, t.Columns, rows, d.host, stamp, count)
	}
	return out
}

func getEach(snmp *gosnmp.GoSNMP, fields []column, rows *rowSet) error {
	for i, f := range fields {
		got, err := snmp.Get([]string{f.OID})
		if err != nil {
			return err
		}
		rows.set("", i, got.Variables[0])
	}
	return nil
}

func getAll(snmp *gosnmp.GoSNMP, fields []column, rows *rowSet) error {
	oids := make([]string, len(fields))
	for i, f := range fields {
		oids[i] = f.OID
	}
	got, err := snmp.Get(oids)
	if err != nil {
		return err
	}
	for i, variable := range got.Variables {
		rows.set("", i, variable)
	}
	return nil
}

func walkColumns(snmp *gosnmp.GoSNMP, t table, rows *rowSet) error {
	for i, c := range t.Columns {
		prefix := "." + c.OID + "."
		err := snmp.BulkWalk(c.OID, func(pdu gosnmp.SnmpPDU) error {
			rows.set(strings.TrimPrefix(pdu.Name, prefix), i, pdu)
			return nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}

func walkTable(snmp *gosnmp.GoSNMP, t table, rows *rowSet) error {
	prefixes := make([]string, len(t.Columns))
	next := make([]string, len(t.Columns))
	open := make([]int, len(t.Columns))
	for i, c := range t.Columns {
		prefixes[i] = "." + c.OID + "."
		next[i] = c.OID
		open[i] = i
	}
	for len(open) > 0 {
		asked := make([]string, len(open))
		for at, i := range open {
			asked[at] = next[i]
		}
		got, err := snmp.GetBulk(asked, 0, maxRepetitions)
		if err != nil {
			return err
		}
		ended := make([]bool, len(t.Columns))
		for at, pdu := range got.Variables {
			i := open[at%len(open)]
			if ended[i] {
				continue
			}
			if pdu.Type == gosnmp.EndOfMibView || !strings.HasPrefix(pdu.Name, prefixes[i]) {
				ended[i] = true
				continue
			}
			rows.set(pdu.Name[len(prefixes[i]):], i, pdu)
			next[i] = pdu.Name
		}
		still := open[:0]
		for _, i := range open {
			if !ended[i] {
				still = append(still, i)
			}
		}
		open = still
	}
	return nil
}

type rowSet struct {
	width int
	order []string
	rows  map[string][]gosnmp.SnmpPDU
	cells int
}

func newRowSet(width int) *rowSet {
	return &rowSet{width: width, rows: map[string][]gosnmp.SnmpPDU{}}
}

func (s *rowSet) set(index string, at int, pdu gosnmp.SnmpPDU) {
	row, ok := s.rows[index]
	if !ok {
		row = make([]gosnmp.SnmpPDU, s.width)
		s.rows[index] = row
		s.order = append(s.order, index)
	}
	row[at] = pdu
	s.cells++
}

func writeRows(out []byte, name string, columns []column, rows *rowSet, host, stamp string, count *tally) []byte {
	for _, index := range rows.order {
		out = append(out, name...)
		out = append(out, ",agent_host="...)
		out = append(out, host...)
		row := rows.rows[index]
		for i, c := range columns {
			if text := asText(row[i]); c.Tag && text != "" {
				out = append(out, ',')
				out = append(out, c.Name...)
				out = append(out, '=')
				out = appendEscaped(out, text, ", =")
			}
		}
		separator := byte(' ')
		for i, c := range columns {
			if c.Tag || row[i].Value == nil {
				continue
			}
			out = append(out, separator)
			separator = ','
			out = append(out, c.Name...)
			out = append(out, '=')
			out = appendValue(out, row[i])
		}
		out = append(out, ' ')
		out = append(out, stamp...)
		out = append(out, '\n')
		count.lines.Add(1)
	}
	return out
}

func appendValue(out []byte, pdu gosnmp.SnmpPDU) []byte {
	switch value := pdu.Value.(type) {
	case int:
		return append(strconv.AppendInt(out, int64(value), 10), 'i')
	case uint:
		return append(strconv.AppendUint(out, uint64(value), 10), 'i')
	case uint32:
		return append(strconv.AppendUint(out, uint64(value), 10), 'i')
	case uint64:
		return append(strconv.AppendUint(out, value, 10), 'i')
	default:
		out = append(out, '"')
		out = appendEscaped(out, asText(pdu), `"\`)
		return append(out, '"')
	}
}

func asText(pdu gosnmp.SnmpPDU) string {
	switch value := pdu.Value.(type) {
	case nil:
		return ""
	case string:
		return value
	case []byte:
		return string(value)
	default:
		return fmt.Sprint(value)
	}
}

func appendEscaped(out []byte, text, special string) []byte {
	for i := 0; i < len(text); i++ {
		if strings.IndexByte(special, text[i]) >= 0 {
			out = append(out, '\\')
		}
		out = append(out, text[i])
	}
	return out
}

func cpuSeconds() float64 {
	var usage syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &usage); err != nil {
		return 0
	}
	seconds := func(t syscall.Timeval) float64 { return float64(t.Sec) + float64(t.Usec)/1e6 }
	return seconds(usage.Utime) + seconds(usage.Stime)
}
