export { INGEST_LIMITS, type IngestLimits } from './ingest-limits.ts';
export { createIngest, type IngestOptions } from './ingest-module.ts';
export { INTERFACE_PLACE } from './own-tags.ts';
export { REJECT_REASONS, type RejectReason } from './reject-reason.ts';
