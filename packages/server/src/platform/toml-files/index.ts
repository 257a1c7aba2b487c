export { type FileFault, parseToml, type ReadFile, readTomlFiles } from './toml-files.ts';
