export { INITIAL_ADMIN, initialPasswordFile } from './initial-admin.ts';
export { requireGoodPassword } from './password-check.ts';
export type { PasswordHasher } from './password-hash.ts';
export { createUsers, type UsersModule, type UsersOptions } from './user-module.ts';
export { findUser, findUserByName, noteLogin, toUser, type UserRow, updateUser } from './user-queries.ts';
