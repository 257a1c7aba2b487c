export { captureSource } from './capture-source.ts';
export {
  type NeighbourSource,
  type SourceCell,
  SourceFault,
  type SourceValue,
  type WalkEnd,
} from './neighbour-source.ts';
export { type NeighbourReadOptions, readNeighbourReport } from './read-neighbour-report.ts';
export { type SnmpSourceOptions, snmpSource } from './snmp-source.ts';
