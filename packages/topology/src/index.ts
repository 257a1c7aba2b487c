export * from './topology-model.ts';
