export { type AuthModule, type AuthOptions, createAuth } from './auth-module.ts';
