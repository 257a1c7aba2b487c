#!/usr/bin/env node
// Runs the `stratora` command of a checkout: installs and builds what is stale, then runs it on the pinned Node.
process.argv.splice(2, 0, 'stratora');
await import('../../../scripts/bootstrap.mjs');
