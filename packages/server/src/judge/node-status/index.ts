export { FirstData } from './first-data.ts';
export { NodeStatusService } from './node-status-service.ts';
