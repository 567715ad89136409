/** A list of stations as a table in text: commas as in CSV, or tabs as a spreadsheet puts on the clipboard. */

export const COLUMNS = [
  'name',
  'number',
  'mode',
  'town',
  'capacity',
  'lead',
  'clinician',
  'disinfection',
  'logistics',
] as const
const NEEDED: readonly string[] = ['name', 'town', 'capacity', 'lead', 'clinician', 'disinfection', 'logistics']
/** Titles in Chinese stand for the columns as well. */
const TITLES: Record<string, (typeof COLUMNS)[number]> = {
  名称: 'name',
  编号: 'number',
  类别: 'mode',
  乡镇: 'town',
  所在地: 'town',
  床位: 'capacity',
  负责人: 'lead',
  医务: 'clinician',
  消毒: 'disinfection',
  后勤: 'logistics',
}
const MODES: Record<string, string> = { 留验站: 'central', 集中: 'central', 医院: 'hospital', 住院: 'hospital' }

/** The cells of a text, row by row; a cell in quotes may hold separators and line breaks. */
export function cells(text: string): string[][] {
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

/** The rows of a list with the columns that were meant; `missing` are columns without which nothing can be opened. */
export function rowsOf(text: string): { rows: Record<string, unknown>[]; missing: string[] } {
  const [head = [], ...body] = cells(text)
  const columns = head.map((title) => TITLES[title] ?? COLUMNS.find((one) => one === title.toLowerCase()))
  while (body.length && !body[body.length - 1]?.some(Boolean)) body.pop()
  const rows = body.map((row) =>
    Object.fromEntries(columns.flatMap((name, at) => (name && row[at] ? [[name, meant(name, row[at])]] : []))),
  )
  return { rows, missing: NEEDED.filter((name) => !columns.some((one) => one === name)) }
}

function meant(name: string, cell: string): unknown {
  if (name === 'capacity' && /^\d+$/.test(cell)) return Number(cell)
  return name === 'mode' ? (MODES[cell] ?? cell) : cell
}

/** Rows as CSV; what a spreadsheet would take for a formula is kept as text. */
export function sheet(rows: readonly (readonly string[])[]): string {
  const quoted = (cell: string) => `"${(/^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell).replace(/"/g, '""')}"`
  return `\uFEFF${rows.map((row) => row.map(quoted).join(',')).join('\n')}\n`
}
