export { type App, type AppOverrides, createApp } from './app.ts';
export { databaseRefusal, migrate } from './platform/db/index.ts';
export { type RunningServer, runServer } from './run-server.ts';
export { readServerConfig, type ServerConfig } from './server-config.ts';
