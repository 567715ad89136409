/** A list as a table in text: commas as in CSV, or tabs as a spreadsheet puts on the clipboard. */

export interface Columns {
  /** As the interface calls them. */
  names: readonly string[]
  needed: readonly string[]
  /** Titles in Chinese stand for the columns as well; of those of one column the first is shown. */
  titles: Record<string, string>
  /** What a cell of a column means, where that is not its text. */
  meant?: (name: string, cell: string) => unknown
}

export interface Listed {
  rows: Record<string, unknown>[]
  /** Columns without which no row can be taken. */
  missing: string[]
  /** Titles that are no column: what stands below them is not read. */
  unknown: string[]
}

/** What a column is called in the reader's language; a list that is headed so is read. */
export function titleOf({ names, titles }: Columns, name: string, lang: 'zh' | 'en'): string {
  if (!names.includes(name)) return name
  const own = Object.keys(titles).find((title) => titles[title] === name)
  return (lang === 'zh' && own) || name.replaceAll('_', ' ')
}

/** The cells of a text, row by row; a cell in quotes may hold separators and line breaks. */
function cells(text: string): string[][] {
  const plain = text.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n')
  const by = (plain.split('\n')[0] ?? '').includes('\t') ? '\t' : ','
  const rows: string[][] = [[]]
  let cell = ''
  let quoted = false
  for (let at = 0; at < plain.length; at += 1) {
    const c = plain[at] as string
    const row = rows[rows.length - 1] as string[]
    if (quoted && c === '"' && plain[at + 1] === '"') {
      cell += '"'
      at += 1
    } else if (c === '"' && (quoted || !cell)) quoted = !quoted
    else if (!quoted && c === by) {
      row.push(cell.trim())
      cell = ''
    } else if (!quoted && c === '\n') {
      row.push(cell.trim())
      cell = ''
      rows.push([])
    } else cell += c
  }
  rows[rows.length - 1]?.push(cell.trim())
  return rows
}

/** The rows of a list with the columns that were meant. */
export function listed(columns: Columns, text: string): Listed {
  const [head = [], ...body] = cells(text)
  const meant = columns.meant ?? ((_: string, cell: string) => cell)
  const names = head.map(
    (title) => columns.titles[title] ?? columns.names.find((one) => one === title.toLowerCase().replace(/\s+/g, '_')),
  )
  while (body.length && !body[body.length - 1]?.some(Boolean)) body.pop()
  const rows = body.map((row) =>
    Object.fromEntries(names.flatMap((name, at) => (name && row[at] ? [[name, meant(name, row[at])]] : []))),
  )
  return {
    rows,
    missing: columns.needed.filter((name) => !names.includes(name)),
    unknown: head.filter((title, at) => title && !names[at]),
  }
}

/** Rows as CSV; what a spreadsheet would take for a formula is kept as text. */
export function sheet(rows: readonly (readonly string[])[]): string {
  const quoted = (cell: string) => `"${(/^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell).replace(/"/g, '""')}"`
  return `\uFEFF${rows.map((row) => row.map(quoted).join(',')).join('\n')}\n`
}
