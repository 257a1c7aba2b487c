export { createRepeats, type RepeatsModule, type RepeatsOptions } from './repeats-module.ts';
