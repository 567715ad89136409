import { cells } from '../stations/sheet'

/** A list of households as a table in text. */
export const COLUMNS = ['community', 'grid', 'building', 'unit', 'door', 'site', 'expected'] as const
const NEEDED: readonly string[] = ['community', 'grid', 'door']
/** Titles in Chinese stand for the columns as well. */
const TITLES: Record<string, (typeof COLUMNS)[number]> = {
  社区代码: 'community',
  社区: 'community',
  网格: 'grid',
  楼栋: 'building',
  单元: 'unit',
  门牌: 'door',
  房号: 'door',
  类型: 'site',
  应有人数: 'expected',
}

/** The rows with the columns that were meant; a title that is none is passed on, to be told of. */
export function rowsOf(text: string): { rows: Record<string, string>[]; missing: string[] } {
  const [head = [], ...body] = cells(text)
  const columns = head.map((title) => TITLES[title] ?? title.toLowerCase())
  while (body.length && !body[body.length - 1]?.some(Boolean)) body.pop()
  const rows = body.map((row) =>
    Object.fromEntries(columns.flatMap((name, at) => (name && row[at] ? [[name, row[at]]] : []))),
  )
  return { rows, missing: NEEDED.filter((name) => !columns.includes(name)) }
}
