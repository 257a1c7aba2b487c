// Runs the simulated vCenter of govmomi for tests: a data centre with clusters, hosts, VMs and a datastore, which any
// client of vim25 takes for one. It prints its address and ends with its standard input.
package main

import (
	"crypto/tls"
	"flag"
	"fmt"
	"io"
	"log"
	"net/url"
	"os"

	"github.com/vmware/govmomi/simulator"
	"github.com/vmware/govmomi/simulator/vpx"
)

var version string

func main() {
	model := simulator.VPX()
	flag.IntVar(&model.Cluster, "clusters", model.Cluster, "clusters")
	flag.IntVar(&model.ClusterHost, "hosts", model.ClusterHost, "hosts of each cluster")
	flag.IntVar(&model.Machine, "vms", model.Machine, "virtual machines of each pool")
	flag.IntVar(&model.Pool, "pools", model.Pool, "resource pools of each cluster")
	flag.IntVar(&model.Datastore, "datastores", model.Datastore, "datastores")
	flag.IntVar(&model.DelayConfig.Delay, "delay", 0, "milliseconds before each answer")
	listen := flag.String("listen", "127.0.0.1:0", "address and port")
	user := flag.String("username", "user", "the one user that may log in")
	password := flag.String("password", "pass", "the password of the user")
	cert := flag.String("cert", "", "file of the certificate; plain HTTP without it")
	key := flag.String("key", "", "file of the key of the certificate")
	steady := flag.Bool("steady", false, "give every sample of a counter the same value, and no counter nothing")
	showVersion := flag.Bool("version", false, "print the version of govmomi")
	flag.Parse()
	if *showVersion {
		fmt.Println(version)
		return
	}

	if *steady {
		giveSteadyValues()
	}
	if err := model.Create(); err != nil {
		log.Fatal(err)
	}
	defer model.Remove()
	model.Service.Listen = &url.URL{Host: *listen, User: url.UserPassword(*user, *password)}
	if *cert != "" {
		pair, err := tls.LoadX509KeyPair(*cert, *key)
		if err != nil {
			log.Fatal(err)
		}
		model.Service.TLS = &tls.Config{Certificates: []tls.Certificate{pair}}
	}
	server := model.Service.NewServer()
	defer server.Close()
	at := *server.URL
	at.User = nil
	fmt.Println(at.String())
	// A test that is killed leaves no simulator behind.
	io.Copy(io.Discard, os.Stdin)
}

// Replaces the recorded samples of the library, which it varies at random and leaves out where they are 0: two clients
// that ask a moment apart would see other values, and other series. Values below 5 it does not vary.
func giveSteadyValues() {
	for _, counters := range vpx.MetricData {
		for _, counter := range vpx.PerfCounter {
			counters[counter.Key] = []int64{1 << (counter.Key % 3)}
		}
	}
}
