export { Demo, type DemoOptions } from './demo.ts';
export { DemoFolder, DemoRefused } from './demo-folder.ts';
