import { Button, Checkbox } from 'antd'
import { headOf } from './cells'
import { USUAL } from './filter'
import { useTerms } from './terms'
import { useSpoken } from './words'

/** Which columns the list shows. */
export function Columns({ shown, choose }: { shown: string[]; choose: (columns: string[]) => void }) {
  const w = useSpoken()
  const { columns } = useTerms()
  const options = Object.entries(columns)
    .filter(([name]) => name !== 'number' && name !== 'onset_latest' && name !== 'subject')
    .map(([value, c]) => ({ value, label: value === 'onset_earliest' ? w.t('field.onset') : headOf(c, w) }))
  const inOrder = (list: string[]) => ['number', ...options.map((o) => o.value).filter((name) => list.includes(name))]
  return (
    <details className="fold">
      <summary>{w.t('columns.title', { n: w.n(shown.length) })}</summary>
      <Checkbox.Group
        className="column-boxes"
        value={shown}
        options={options}
        onChange={(list) => choose(inOrder(list as string[]))}
      />
      <div className="actions">
        <Button size="small" onClick={() => choose(USUAL)}>
          {w.t('columns.usual')}
        </Button>
      </div>
    </details>
  )
}
