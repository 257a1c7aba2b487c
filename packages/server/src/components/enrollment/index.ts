export { createEnrollment, type EnrollmentModuleOptions } from './enrollment-module.ts';
