export { tryLogin } from './try-login.ts';
