// Set-up of the database tests, which Vitest calls once before all of them; what it returns is called at their end.
export { prepareDatabase as setup } from './database.ts';
