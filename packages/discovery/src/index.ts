export { evidenceFromWire, identifyFound, packRules } from './identity/evidence-wire.ts';
export type { IdentifyDevice } from './scan/found-device.ts';
export { type RunScanOptions, runScan } from './scan/run-scan.ts';
export type { ScanSettings } from './scan/scan-settings.ts';
