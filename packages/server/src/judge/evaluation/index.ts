export { createEvaluation, type EvaluationModule, type EvaluationOptions } from './evaluation-module.ts';
export { lookBackSeconds } from './look-back.ts';
