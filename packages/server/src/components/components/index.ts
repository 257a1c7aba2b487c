export { type ComponentsDeps, createComponents } from './component-module.ts';
