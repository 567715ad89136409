import '../../styles/cases.css'
import '../../styles/lists.css'
import { useCallback, useState } from 'react'
import { useFilter } from '../../route'
import { Past } from './Past'
import { Result } from './Result'
import { Wizard } from './Wizard'
import { useSpoken } from './words'

/** Lists from other systems: a new one comes in, and those that came before. */
export default function Lists() {
  const w = useSpoken()
  const [filter] = useFilter()
  const [changes, setChanges] = useState(0)
  const changed = useCallback(() => setChanges((n) => n + 1), [])
  return (
    <>
      <div className="heading">
        <h1>{w.t('lists.title')}</h1>
        <p>{w.t('lists.text')}</p>
        {filter.of && (
          <p>
            <a href="#lists">{w.t('lists.back')}</a>
          </p>
        )}
      </div>
      {filter.of ? <Result key={filter.of} id={filter.of} /> : <Wizard changed={changed} />}
      {!filter.of && <Past key={changes} />}
    </>
  )
}
