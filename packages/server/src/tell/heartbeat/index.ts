export { createHeartbeat, type HeartbeatModule } from './heartbeat-module.ts';
