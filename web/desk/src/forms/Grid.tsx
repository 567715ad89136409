import type { ReactNode } from 'react'

export interface Column<T> {
  key: string
  title: string
  cell: (row: T) => ReactNode
  /** The cell that names the row. */
  head?: boolean
  className?: string
}

interface Props<T> {
  label: string
  columns: Column<T>[]
  rows: readonly T[]
  keyOf: (row: T) => string
}

/** A table that becomes a list of entries on a narrow page; a screen reader hears a table in both. */
export function Grid<T>({ label, columns, rows, keyOf }: Props<T>) {
  return (
    // biome-ignore lint/a11y/noRedundantRoles: laid out as blocks, a table would lose its roles
    <table className="grid" role="table" aria-label={label}>
      <GridHead columns={columns} />
      {/* biome-ignore lint/a11y/noRedundantRoles: laid out as blocks, a table would lose its roles */}
      <tbody role="rowgroup">
        {rows.map((row) => (
          <GridRow key={keyOf(row)} id={keyOf(row)} row={row} columns={columns} />
        ))}
      </tbody>
    </table>
  )
}

/** `numbered`: of a table of which not every row stands in the page. */
export function GridHead<T>({ columns, numbered }: { columns: Column<T>[]; numbered?: boolean }) {
  return (
    // biome-ignore-start lint/a11y/noRedundantRoles: laid out as blocks, a table would lose its roles
    <thead role="rowgroup">
      <tr role="row" aria-rowindex={numbered ? 1 : undefined}>
        {columns.map((c) => (
          <th key={c.key} role="columnheader" scope="col" className={c.className}>
            {c.title}
          </th>
        ))}
      </tr>
    </thead>
    // biome-ignore-end lint/a11y/noRedundantRoles: laid out as blocks, a table would lose its roles
  )
}

/** `at`: which row of all it is, where not every row stands in the page. */
export function GridRow<T>({ id, row, columns, at }: { id: string; row: T; columns: Column<T>[]; at?: number }) {
  return (
    // biome-ignore-start lint/a11y/noRedundantRoles: laid out as blocks, a table would lose its roles
    <tr
      role="row"
      data-row={id}
      aria-rowindex={at === undefined ? undefined : at + 2}
      tabIndex={at === undefined ? undefined : -1}
    >
      {columns.map((c) => {
        const inside = c.cell(row)
        const props = {
          className: c.className,
          'data-label': c.title || undefined,
          children: inside === null ? null : <div>{inside}</div>,
        }
        return c.head ? (
          <th key={c.key} role="rowheader" scope="row" {...props} />
        ) : (
          <td key={c.key} role="cell" {...props} />
        )
      })}
    </tr>
    // biome-ignore-end lint/a11y/noRedundantRoles: laid out as blocks, a table would lose its roles
  )
}
