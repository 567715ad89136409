import { Button } from 'antd'
import { type ReactNode, useState } from 'react'
import { useReturn } from './focus'

interface Props<Act extends string> {
  title: string
  acts: readonly Act[]
  label: (act: Act) => string
  /** What is said when an act was recorded. */
  said: (act: Act) => string
  /** The form of the chosen act. */
  form: (act: Act, done: () => void, close: () => void) => ReactNode
  /** Ways to acts in other rooms. */
  more?: ReactNode
}

/** What can be recorded of something: a button for each act, the form of the chosen one, and that it was recorded. */
export function ActBar<Act extends string>({ title, acts, label, said, form, more }: Props<Act>) {
  const [act, setAct] = useState<Act | null>(null)
  useReturn(act)
  const [told, setTold] = useState('')
  if (!acts.length && !more && !told) return null
  const choose = (next: Act) => {
    setAct(act === next ? null : next)
    setTold('')
  }
  const finish = (done: Act) => {
    setTold(said(done))
    setAct(null)
  }
  return (
    <section className="card" aria-label={title}>
      <h2>{title}</h2>
      <div className="act-buttons">
        {acts.map((name) => (
          <Button
            key={name}
            type={act === name ? 'primary' : 'default'}
            aria-expanded={act === name}
            onClick={() => choose(name)}
          >
            {label(name)}
          </Button>
        ))}
        {more}
      </div>
      <p role="status" className="said">
        {told}
      </p>
      {act &&
        form(
          act,
          () => finish(act),
          () => setAct(null),
        )}
    </section>
  )
}
