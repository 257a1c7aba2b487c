import { foldText } from '@stratora/contract/text-fold';
/** Tells whether the text contains every word of the question; an empty question matches all. */
export function matchesWords(text: string, question: string): boolean {
  const folded = foldText(text);
  return foldText(question)
    .split(/\s+/)
    .every((word) => folded.includes(word));
}
