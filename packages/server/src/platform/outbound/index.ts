export { createOutboundGuard, type OutboundPlaces } from './outbound-guard.ts';
