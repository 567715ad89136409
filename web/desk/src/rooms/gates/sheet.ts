import { cells } from '../stations/sheet'

/** A list of posts as a table in text. */
export const COLUMNS = [
  'name',
  'number',
  'kind_of',
  'place_type',
  'department',
  'town',
  'lead',
  'east_deg',
  'north_deg',
] as const
const NEEDED: readonly string[] = ['name', 'place_type', 'town', 'lead']
/** Titles in Chinese stand for the columns as well. */
const TITLES: Record<string, (typeof COLUMNS)[number]> = {
  名称: 'name',
  编号: 'number',
  类别: 'kind_of',
  场所类型: 'place_type',
  类型: 'place_type',
  所属部门: 'department',
  部门: 'department',
  所在地: 'town',
  乡镇: 'town',
  牵头单位: 'lead',
  经度: 'east_deg',
  纬度: 'north_deg',
}

/** The rows of a list with the columns that were meant; `missing` are columns without which nothing can be set up. */
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
  return ['east_deg', 'north_deg'].includes(name) && /^-?\d+(\.\d+)?$/.test(cell) ? Number(cell) : cell
}
