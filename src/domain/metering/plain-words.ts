/** Longer runs of letters are no words. Tokenizers differ in what they make of a thousand times the same letter. */
const LONGEST_WORD = 24;
const SPACE = 32;

/**
 * Runs of words: up to 24 ASCII letters each, with the single space before each of them. What is between the runs
 * (digits, signs, other scripts, more than one space) is left out, so no run has a byte that the text has not.
 */
export function wordsOf(text: string): string[] {
  const runs: string[] = [];
  let runStart = 0;
  let runEnd = 0;
  for (let at = 0; at < text.length;) {
    const start = at;
    // Of several spaces the last belongs to the word, which the earlier ones do not touch.
    if (text.charCodeAt(at) === SPACE) at++;
    const letters = at;
    while (isLetter(text.charCodeAt(at))) at++;
    if (at === letters) {
      at = Math.max(at, start + 1);
      continue;
    }
    if (at - letters > LONGEST_WORD) continue;
    if (start !== runEnd) {
      if (runEnd > runStart) runs.push(text.slice(runStart, runEnd));
      runStart = start;
    }
    runEnd = at;
  }
  if (runEnd > runStart) runs.push(text.slice(runStart, runEnd));
  return runs;
}

/** False for the NaN behind the text's end. */
function isLetter(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 65 && code <= 90);
}
