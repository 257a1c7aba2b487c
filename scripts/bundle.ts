import { rolldown } from 'rolldown';
import config from '../rolldown.config.mjs';

// The library rather than its command line: that one lists a hundred chunks at every start.
const { output, ...input } = config;
const bundle = await rolldown(input);
await bundle.write(output);
await bundle.close();
