export { ensureInitialAdmin, INITIAL_ADMIN, initialPasswordFile } from './initial-admin.ts';
export { PasswordHasher } from './password-hash.ts';
export { findUser, findUserByName, noteLogin, toUser, type UserRow, updateUser } from './user-queries.ts';
export { userRoutes } from './user-routes.ts';
export { UserService } from './user-service.ts';
