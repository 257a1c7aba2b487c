/** The faults that a single value can have. Whatever its fault, the values beside it are good. */
export const ValueFault = {
  none: 0,
  /** An integer without octets. */
  empty: 1,
  /** An integer of more than 64 bits. */
  tooLong: 2,
  addressLength: 3,
  badOid: 4,
  unknownType: 5,
  /** A NULL that holds something. */
  notEmpty: 6,
  /** The length that it tells is not the one that it has. */
  wrongLength: 7,
  /** Text whose length is told wrongly: it is taken as far as its varbind goes. */
  textLength: 8,
  /** The answer to a GET names another object. */
  otherObject: 9,
  /** The device answers the question for it with an error, or with nothing that can be read. */
  refused: 10,
  /** The OID of the value itself is damaged: it is not known whose row it is. */
  badName: 11,
  /** NULL, noSuchObject, noSuchInstance or endOfMibView where a walk finds the row of a value. */
  noValue: 12,
  /** A type that the object does not have, and of which nothing can be made. */
  wrongType: 13,
  /** A number below zero where the object has none. */
  negative: 14,
  /** A Counter32, Gauge32 or TimeTicks of more than 32 bits. */
  beyond32: 15,
  /** An infinite number, or NaN, where a number is wanted. */
  notFinite: 16,
} as const;

const WORDS: Readonly<Record<number, string>> = {
  [ValueFault.empty]: 'a number without octets',
  [ValueFault.tooLong]: 'a number of more than 64 bits',
  [ValueFault.beyond32]: 'a number of more than 32 bits in a type of 32',
  [ValueFault.addressLength]: 'an IP address that has not four octets',
  [ValueFault.badOid]: 'a damaged object identifier',
  [ValueFault.unknownType]: 'a type that SNMP does not have',
  [ValueFault.notEmpty]: 'a NULL that holds something',
  [ValueFault.wrongLength]: 'a wrong length',
  [ValueFault.textLength]: 'text with a wrong length',
  [ValueFault.otherObject]: 'the answer names another object',
  [ValueFault.badName]: 'the object identifier of its row is damaged',
  [ValueFault.noValue]: 'it has no value',
  [ValueFault.wrongType]: 'not the type that the object has',
  [ValueFault.notFinite]: 'not a finite number',
  [ValueFault.negative]: 'below zero, which the object never is',
  [ValueFault.refused]: 'the device answers with an error',
};

/** Says in plain words what is wrong with such a value. */
export function wordsOfFault(fault: number): string {
  return WORDS[fault] ?? '';
}
