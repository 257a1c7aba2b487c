export { createOutageNotices } from './outage-module.ts';
export { checkOutageSetting } from './outage-setting-check.ts';
