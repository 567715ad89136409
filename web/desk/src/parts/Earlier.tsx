import { Button } from 'antd'
import { type ReactNode, useState } from 'react'
import { useAct } from '../forms/act'
import { Told } from '../forms/Told'

interface Props<Page extends { next: number | null }> {
  first: Page
  load: (from: number) => Promise<Page>
  /** What the button says. */
  more: string
  /** The pages so far, drawn as one list. */
  children: (pages: Page[]) => ReactNode
}

/** A list with its latest page, and below it a button for earlier ones as long as there are any. */
export function Earlier<Page extends { next: number | null }>({ first, load, more, children }: Props<Page>) {
  const { busy, error, run } = useAct()
  const [earlier, setEarlier] = useState<Page[]>([])
  const pages = [first, ...earlier]
  const next = pages[pages.length - 1]?.next ?? null
  return (
    <>
      {children(pages)}
      <Told error={error} />
      {next !== null && (
        <div className="actions">
          <Button
            loading={busy}
            onClick={() =>
              run(async () => {
                const page = await load(next)
                setEarlier((before) => [...before, page])
              })
            }
          >
            {more}
          </Button>
        </div>
      )}
    </>
  )
}
