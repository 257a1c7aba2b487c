/**
 * Called with the name of each step at which a death would matter. Does nothing unless a test build passes a function
 * that ends the process.
 */
export type Failpoint = (name: string) => void;

export const noFailpoint: Failpoint = () => {};
