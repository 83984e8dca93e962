/** Whether two texts are the same word but for case, blanks and marks: `IntraOrg` and `Intra-org`. */
export const sameWord = (a: string, b: string): boolean => bare(a) === bare(b) && bare(a) !== '';

const bare = (text: string): string => text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
