export * from './promql.ts';
export * from './query-client.ts';
export type { SeriesSample } from './remote-write.ts';
export * from './series-client.ts';
export * from './store-form.ts';
export * from './store-result.ts';
export * from './write-client.ts';
