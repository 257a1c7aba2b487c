export type { NeighbourReport } from '@stratora/contract';
