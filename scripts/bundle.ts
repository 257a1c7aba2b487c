import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { rolldown } from 'rolldown';
import config, { REMOTE_ENTRY } from '../rolldown.config.mjs';
import { bundledLicences, filesOf } from './bundle/bundle-parts.ts';

// The library is used rather than its command line, which lists a hundred chunks at every start.
const { output, ...input } = config;
const bundle = await rolldown(input);
const written = await bundle.write(output);
await bundle.close();

// The part of the bundle that a remote host needs, for the server that hands it out.
const remote = filesOf(written.output, `${REMOTE_ENTRY}.mjs`);
const files = remote.map(({ fileName }) => fileName);
writeFileSync(join(output.dir, `${REMOTE_ENTRY}-files.json`), `${JSON.stringify({ files }, null, 2)}\n`);
writeFileSync(join(output.dir, `${REMOTE_ENTRY}-licences.txt`), bundledLicences(remote));
