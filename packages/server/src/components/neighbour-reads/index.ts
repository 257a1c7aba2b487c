export {
  createNeighbourReads,
  type NeighbourReadsOptions,
  type TakeReport,
} from './neighbour-read-module.ts';
