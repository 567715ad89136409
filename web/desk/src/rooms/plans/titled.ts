/** The two names of something that needs no English one. */
export function titled(of: { zh: string; en: string }): { zh: string; en: string } {
  return { zh: of.zh, en: of.en || of.zh }
}
