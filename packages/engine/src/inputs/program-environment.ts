/**
 * Environment of programs: PATH names only where those of the system live, so that what a config or a working directory
 * holds is never started.
 */
export const PROGRAM_ENVIRONMENT = {
  PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin:/opt/homebrew/sbin:/opt/homebrew/bin',
  LC_ALL: 'C',
};
