export { createInstall } from './install-module.ts';
