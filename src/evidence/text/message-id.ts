/** A Message-ID without angle brackets: Defender has them, our tables do not. */
export const bare = (messageId: string): string => messageId.trim().replace(/^</, '').replace(/>$/, '');

/** A Message-ID in the forms in which tables have it; none where there is none. */
export const messageIdForms = (messageId: string): readonly string[] => {
  const id = bare(messageId);
  return id === '' ? [] : [id, `<${id}>`];
};
