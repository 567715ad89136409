import { useEffect, useMemo, useRef } from 'react'

/** What somebody has opened in a row to fill in; to choose a row is no work on it. */
const OPENED = 'form, textarea, .ant-select, .ant-input, .ant-picker'

/** Whether somebody works on a row of the page: the focus is there, or a form was opened in it. */
function worked(id: string): boolean {
  const row = document.querySelector(`[data-row="${CSS.escape(id)}"]`)
  return row !== null && (row.contains(document.activeElement) || row.querySelector(OPENED) !== null)
}

/** The rows that are shown after others came: one that somebody works on stays where it stood, though it is gone. */
export function stay<R>(
  before: readonly R[],
  rows: readonly R[],
  idOf: (row: R) => string,
  at: (id: string) => boolean,
) {
  const there = new Set(rows.map(idOf))
  return before.reduce<R[]>(
    (shown, row, place) =>
      there.has(idOf(row)) || !at(idOf(row)) ? shown : [...shown.slice(0, place), row, ...shown.slice(place)],
    [...rows],
  )
}

/**
 * The rows of a list that follows the record (`followed`: the page has asked for them by itself). What somebody works on
 * stays under their hands; it leaves when they are done with it, or ask for the list themselves. Each row has its id as
 * `data-row`.
 */
export function useStaying<R>(rows: readonly R[], idOf: (row: R) => string, followed: boolean): R[] {
  const before = useRef<readonly R[]>(rows)
  // biome-ignore lint/correctness/useExhaustiveDependencies: `idOf` is a new closure at each render and says the same.
  const shown = useMemo(() => (followed ? stay(before.current, rows, idOf, worked) : [...rows]), [rows, followed])
  useEffect(() => {
    before.current = shown
  })
  return shown
}
