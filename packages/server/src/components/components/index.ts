export { CLOCK_SKEW_SECONDS } from './component-flags.ts';
export { type ComponentsDeps, createComponents } from './component-module.ts';
