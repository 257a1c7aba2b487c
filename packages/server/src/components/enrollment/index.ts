export { createEnrollment, type EnrollmentDeps } from './enrollment-module.ts';
