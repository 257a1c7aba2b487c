/** The cost of bcrypt for passwords and API keys: 2^12 rounds, a quarter of a second of a core. */
export const HASH_COST = 12;
