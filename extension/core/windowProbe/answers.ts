/** A line that begins with a question's number, however a model writes it: `1.`, `**2)**`, `Q3:`, `第4题：`, `５．`. */
const numbered =
  /^\s*(?:[-*>#]\s+)*(?:\*\*|__)?\s*(?:Q|A|Question|Answer|问题|答案|答|第)?\s*(\d{1,3})\s*(?:题|问)?\s*(?:\*\*|__)?\s*[.):、]\s*(?:\*\*|__)?\s*(.*)$/i;

/** A row of a table. */
const row = /^\s*\|\s*(\d{1,3})\s*\|\s*(.*?)\s*\|\s*$/;

/** Full-width digits and punctuation become the usual ones; nothing else is touched, since an answer may be any string. */
const plainNumber = (line: string): string =>
  line.replace(/^[^０-９．）：]{0,8}[０-９．）：]+/, (head) => head.normalize('NFKC')).replace(/^(.{0,12}?)：/, '$1:');

/**
 * Reads the answers by the numbers of their questions, from 1 on. A number that comes again is a correction. The only
 * question's answer may go without a number.
 */
export function readAnswers(text: string, questions: number): ReadonlyMap<number, string> {
  const answers = new Map<number, string>();
  let open: number | undefined;
  for (const line of text.split(/\r?\n/)) {
    const [, digits, rest = ''] = row.exec(line) ?? numbered.exec(plainNumber(line)) ?? [];
    const number = Number(digits);
    if (digits && number >= 1 && number <= questions) {
      answers.set(number, rest.trim());
      open = rest.trim() === '' ? number : undefined;
    } else if (open !== undefined && line.trim() !== '') {
      answers.set(open, line.trim());
      open = undefined;
    }
  }
  if (questions === 1 && answers.size === 0 && text.trim() !== '') answers.set(1, text.trim());
  return answers;
}
