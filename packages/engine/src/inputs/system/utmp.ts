/** Layout of one record of utmp on Linux (utmp(5)). */
const RECORD_BYTES = 384;
const USER_OFFSET = 44;
const USER_BYTES = 32;
const USER_PROCESS = 7;

/** Parses the user names of all sessions in a utmp file. */
export function parseUsers(utmp: Buffer): readonly string[] {
  const users: string[] = [];
  for (let at = 0; at + RECORD_BYTES <= utmp.length; at += RECORD_BYTES) {
    if (utmp.readInt16LE(at) !== USER_PROCESS) continue;
    const name = utmp.toString('latin1', at + USER_OFFSET, at + USER_OFFSET + USER_BYTES);
    const end = name.indexOf('\0');
    users.push(end < 0 ? name : name.slice(0, end));
  }
  return users;
}
