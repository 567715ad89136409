import type { ReactNode } from 'react'

interface Column<T> {
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
    // biome-ignore-start lint/a11y/noRedundantRoles: laid out as blocks, a table would lose its roles
    <table className="grid" role="table" aria-label={label}>
      <thead role="rowgroup">
        <tr role="row">
          {columns.map((c) => (
            <th key={c.key} role="columnheader" scope="col" className={c.className}>
              {c.title}
            </th>
          ))}
        </tr>
      </thead>
      <tbody role="rowgroup">
        {rows.map((row) => (
          <tr key={keyOf(row)} role="row">
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
        ))}
      </tbody>
    </table>
    // biome-ignore-end lint/a11y/noRedundantRoles: laid out as blocks, a table would lose its roles
  )
}
