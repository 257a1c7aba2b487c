// Pins govmomi, whose simulated vCenter tests run beside; see CONTRIBUTING.md.
module stratora.invalid/tools/vcsim

// Go fetches this tool chain by itself where the installed one is older; it is Telegraf's, so that both builds share
// what they compile.
go 1.27.0

toolchain go1.27.2

require github.com/vmware/govmomi v0.56.0

require (
	github.com/google/uuid v1.6.0 // indirect
	gopkg.in/yaml.v3 v3.0.1 // indirect
)
