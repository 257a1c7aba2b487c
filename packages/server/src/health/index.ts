export { healthRoutes, SystemHealth } from './system-health.ts';
