export { beginRollouts, type RolloutCause, type TemplateChange } from './rollout-begin.ts';
export { keepRendered, lockMember } from './rollout-moves.ts';
export { rolloutRoutes } from './rollout-routes.ts';
export { RolloutService } from './rollout-service.ts';
