export { COMPONENT_LOST_MS, SilenceAccount } from './silence-account.ts';
