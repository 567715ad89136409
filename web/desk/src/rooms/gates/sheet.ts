import { cells } from '../stations/sheet'

/** A list of posts as a table in text. */
export const COLUMNS = ['name', 'number', 'kind_of', 'place_type', 'department', 'town', 'lead', 'lon', 'lat'] as const
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
  经度: 'lon',
  纬度: 'lat',
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
  return ['lon', 'lat'].includes(name) && /^-?\d+(\.\d+)?$/.test(cell) ? Number(cell) : cell
}
