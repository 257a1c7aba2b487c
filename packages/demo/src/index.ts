export { Demo, type DemoOptions } from './demo.ts';
export { DemoFolder, DemoRefusedError } from './demo-folder.ts';
