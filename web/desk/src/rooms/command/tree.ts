/** What is typed of a headquarters as it is recorded: an office a line; a group a line, its name before a colon, then its
 * units, of which the first leads. */
export function treeOf(values: Record<string, unknown>) {
  const text = (name: string) => String(values[name] ?? '').trim()
  const lines = (name: string) =>
    text(name)
      .split('\n')
      .map((one) => one.trim())
      .filter(Boolean)
  return {
    event: text('event'),
    zh: text('zh'),
    doc_no: text('doc_no'),
    starts: values.starts,
    leads: lines('leads').map((zh) => ({ zh })),
    groups: lines('groups').map((line, at) => {
      const [zh = '', units = ''] = line.split(/[:：]/)
      const members = units
        .split(/[,，、;；]/)
        .map((one) => one.trim())
        .filter(Boolean)
        .map((unit, n) => ({ code: `g${at + 1}u${n + 1}`, zh: unit }))
      return { code: `g${at + 1}`, zh: zh.trim(), lead: `g${at + 1}u1`, members }
    }),
  }
}
