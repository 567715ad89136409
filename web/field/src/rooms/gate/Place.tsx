import { useDeferredValue, useId, useMemo, useState } from 'react'
import { useWords } from '../../i18n'
import type { Term } from '../../store/bundle'
import { matching, named, parents } from '../../store/places'
import { Choice, TextField } from '../parts'

interface Props {
  legend: string
  places: Term[]
  /** Those that are offered first. */
  first: string[]
  value: string | null
  onChange: (code: string) => void
}

const SHOWN = 5

/** A division: one of those that were chosen of late, or any, found by a part of its name. Works without a network. */
export function Place({ legend, places, first, value, onChange }: Props) {
  const w = useWords()
  const [open, setOpen] = useState(false)
  const [search, setSearch] = useState('')
  const asked = useDeferredValue(search.trim())
  const list = useId()
  const byCode = useMemo(() => new Map(places.map((one) => [one.code, one])), [places])
  const found = useMemo(() => (asked ? matching(places, asked) : []), [places, asked])
  const offered = [...new Set([...first.slice(0, SHOWN), ...(value ? [value] : [])])]
  const name = (code: string) => {
    const one = byCode.get(code)
    return one ? w.name(one) : code
  }
  return (
    <div className="place">
      <Choice
        legend={legend}
        options={offered.map((code) => ({ value: code, label: name(code) }))}
        value={value}
        onChange={onChange}
      />
      <button type="button" className="link" aria-expanded={open} aria-controls={list} onClick={() => setOpen(!open)}>
        {w.t('gate.place.other')}
      </button>
      <div id={list}>
        {open && (
          <>
            <TextField
              label={`${legend} · ${w.t('gate.place.search')}`}
              value={search}
              onChange={setSearch}
              most={20}
              autoFocus
            />
            <ul className="found">
              {found.map((one) => (
                <li key={one.code}>
                  <button
                    type="button"
                    onClick={() => {
                      onChange(one.code)
                      setSearch('')
                      setOpen(false)
                    }}
                  >
                    {w.name(one)}{' '}
                    <small>
                      {parents(byCode, one.code)
                        .map((of) => named(of, w.lang))
                        .join(' ')}
                    </small>
                  </button>
                </li>
              ))}
            </ul>
            {asked && !found.length && <p className="muted">{w.t('gate.place.none')}</p>}
          </>
        )}
      </div>
    </div>
  )
}
