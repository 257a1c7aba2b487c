export { createTrials } from './trials-module.ts';
