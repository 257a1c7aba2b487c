export { type AuthOptions, type AuthModule, createAuth } from './auth-module.ts';
