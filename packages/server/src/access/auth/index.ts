export { type AuthDeps, type AuthModule, createAuth } from './auth-module.ts';
