import { Button } from 'antd'
import { type ReactNode, useState } from 'react'
import { useAct } from '../../forms/act'
import { Told } from '../../forms/Told'
import { useSpoken } from './words'

interface Props<P> {
  first: P
  /** The page after this place. */
  ask: (after: string) => Promise<P>
  children: (pages: P[]) => ReactNode
}

/** The pages of a list that have been asked for, with the way to the next. */
export function Paged<P extends { next: string | null }>({ first, ask, children }: Props<P>) {
  const w = useSpoken()
  const { busy, error, run } = useAct()
  const [more, setMore] = useState<P[]>([])
  const pages = [first, ...more]
  const next = pages[pages.length - 1]?.next ?? null
  return (
    <>
      {children(pages)}
      <Told error={error} />
      {next && (
        <div className="actions">
          <Button
            loading={busy}
            onClick={() =>
              run(async () => {
                const page = await ask(next)
                setMore((before) => [...before, page])
              })
            }
          >
            {w.t('arr.more')}
          </Button>
        </div>
      )}
    </>
  )
}
