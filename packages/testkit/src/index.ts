export * from './api-client.ts';
export * from './binary.ts';
export * from './free-port.ts';
export * from './manual-clock.ts';
export * from './process-table.ts';
export * from './snmpd.ts';
export * from './stratora-system.ts';
export * from './wait-for.ts';
