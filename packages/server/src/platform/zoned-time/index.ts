export { instantAt, wallClockAt } from './wall-clock.ts';
