export { type ComponentsOptions, createComponents } from './component-module.ts';
