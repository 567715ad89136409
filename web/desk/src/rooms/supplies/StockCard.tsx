import { useResource } from '../../api/resource'
import { type Item, type Movement, type StoreCard, supplies } from '../../api/supplies'
import { AreaName } from '../../forms/AreaName'
import { Grid } from '../../forms/Grid'
import { Failure, Loading } from '../../parts/States'
import { Undo } from '../../parts/Undo'
import { useSession } from '../../session'
import { StockActs } from './StockActs'
import { called, itemName, quantity } from './terms'
import { useSupplies } from './words'

/** One store: what lies there by lot, what is on its way, what moved, what was counted, and what can be recorded. */
export function StockCard({ id, items }: { id: string; items: Item[] }) {
  const w = useSupplies()
  const { may } = useSession()
  const found = useResource(`store|${id}`, (signal) => supplies.store(id, signal), 'keep', ['supplies'])
  if (found.error) return <Failure error={found.error} retry={found.retry} />
  if (!found.data) return <Loading />
  const card = found.data
  const parts = { card, items, done: found.retry }
  return (
    <>
      <div className="heading">
        <h1>{called(w, card)}</h1>
        <a href="#supplies?show=stores">{w.t('sc.back')}</a>
      </div>
      <p className="muted">
        {w.t(`kind.${card.store_kind}`)} · <AreaName code={card.area} />
        {card.closed && ` · ${w.t('sc.closed', { at: w.stamp(card.closed) })}`}
      </p>
      <Lots {...parts} />
      {may('supplies.move') && !card.closed && <StockActs {...parts} />}
      <Orders {...parts} />
      <Movements {...parts} />
      <Stocktakes {...parts} />
    </>
  )
}

interface Props {
  card: StoreCard
  items: Item[]
  done: () => void
}

function Lots({ card, items }: Props) {
  const w = useSupplies()
  const named = new Map(items.map((one) => [one.id, one]))
  const rows = card.lots.filter((one) => one.shelf || one.way || one.out)
  return (
    <section className="card" aria-labelledby="lots">
      <h2 id="lots">{w.t('sc.lots')}</h2>
      {rows.length ? (
        <Grid
          label={w.t('sc.lots')}
          rows={rows}
          keyOf={(one) => `${one.item}${one.lot}`}
          columns={[
            {
              key: 'item',
              title: w.t('sh.item'),
              head: true,
              cell: (one) => itemName(w, named.get(one.item), one.item),
            },
            {
              key: 'lot',
              title: w.t('sc.lot'),
              cell: (one) => (
                <>
                  {one.lot || <span className="null">{w.t('sc.lot.none')}</span>}
                  {one.expires && (
                    <span className={`${one.expires < card.today ? 'late' : 'muted'} block small`}>
                      {w.t('sc.until', { day: w.day(one.expires) })}
                    </span>
                  )}
                </>
              ),
            },
            {
              key: 'shelf',
              title: w.t('sc.shelf'),
              cell: (one) => (
                <span className={one.shelf < 0 ? 'late' : undefined}>
                  {quantity(w, named.get(one.item), one.shelf)}
                  {one.shelf < 0 && <span className="block small">{w.t('sc.contradiction')}</span>}
                </span>
              ),
            },
            { key: 'way', title: w.t('sc.way'), cell: (one) => w.n(one.way) },
            { key: 'out', title: w.t('sc.out'), cell: (one) => w.n(one.out) },
            { key: 'used', title: w.t('sc.used'), cell: (one) => w.n(one.used) },
          ]}
        />
      ) : (
        <p className="muted">{w.t('sc.lots.none')}</p>
      )}
    </section>
  )
}

function Orders({ card, items }: Props) {
  const w = useSupplies()
  const named = new Map(items.map((one) => [one.id, one]))
  if (!card.orders.length) return null
  return (
    <section className="card" aria-labelledby="orders">
      <h2 id="orders">{w.t('sc.orders')}</h2>
      <Grid
        label={w.t('sc.orders')}
        rows={card.orders}
        keyOf={(one) => one.id}
        columns={[
          { key: 'item', title: w.t('sh.item'), head: true, cell: (one) => itemName(w, named.get(one.item), one.item) },
          { key: 'at', title: w.t('sc.when'), cell: (one) => w.stamp(one.at) },
          { key: 'of', title: w.t('sc.ordered'), cell: (one) => quantity(w, named.get(one.item), one.ordered) },
          { key: 'open', title: w.t('sc.open'), cell: (one) => quantity(w, named.get(one.item), one.open) },
        ]}
      />
    </section>
  )
}

const SHOWN = 30

function Movements({ card, items, done }: Props) {
  const w = useSupplies()
  const named = new Map(items.map((one) => [one.id, one]))
  return (
    <section className="card" aria-labelledby="movements">
      <h2 id="movements">{w.t('sc.movements')}</h2>
      {card.movements.length ? (
        <Grid
          label={w.t('sc.movements')}
          rows={card.movements.slice(0, SHOWN)}
          keyOf={(one) => one.id}
          columns={[
            {
              key: 'process',
              title: w.t('sc.process'),
              head: true,
              cell: (one) => (
                <>
                  {w.t(`process.${one.process}`)}
                  {one.late && <span className="muted block small">{w.t('sc.late')}</span>}
                  {one.confirmed && <span className="muted block small">{w.t('sc.confirmed')}</span>}
                </>
              ),
            },
            {
              key: 'item',
              title: w.t('sh.item'),
              cell: (one) => (
                <>
                  {itemName(w, named.get(one.item), one.item)}
                  {one.lot && <span className="muted block small">{w.t('sc.lot.of', { lot: one.lot })}</span>}
                </>
              ),
            },
            { key: 'n', title: w.t('sc.quantity'), cell: (one) => quantity(w, named.get(one.item), one.quantity) },
            {
              key: 'at',
              title: w.t('sc.when'),
              cell: (one) => (
                <>
                  {w.stamp(one.at)}
                  <span className="muted block small">{one.author}</span>
                </>
              ),
            },
            { key: 'act', title: '', cell: (one) => <Back of={one} done={done} /> },
          ]}
        />
      ) : (
        <p className="muted">{w.t('sc.movements.none')}</p>
      )}
    </section>
  )
}

/** Takes a movement back; those of dispatches and stocktakes are taken back there. */
function Back({ of, done }: { of: Movement; done: () => void }) {
  const { may } = useSession()
  const alone = !of.document || of.process === 'purchase'
  if (!of.mine || !alone || !may('supplies.move')) return null
  return <Undo take={() => supplies.takeBack(of.id)} done={done} />
}

function Stocktakes({ card, done }: Props) {
  const w = useSupplies()
  const { may } = useSession()
  if (!card.stocktakes.length) return null
  return (
    <section className="card" aria-labelledby="stocktakes">
      <h2 id="stocktakes">{w.t('sc.stocktakes')}</h2>
      <Grid
        label={w.t('sc.stocktakes')}
        rows={card.stocktakes}
        keyOf={(one) => one.id}
        columns={[
          { key: 'at', title: w.t('sc.when'), head: true, cell: (one) => w.stamp(one.at) },
          { key: 'by', title: w.t('sc.by'), cell: (one) => one.author },
          {
            key: 'lines',
            title: w.t('sc.differing'),
            cell: (one) => w.t('sc.differing.of', { n: w.n(one.differing), of: w.n(one.lines.length) }),
          },
          {
            key: 'act',
            title: '',
            cell: (one) =>
              may('supplies.move') && one.mine && one === card.stocktakes[0] ? (
                <Undo take={() => supplies.takeCountBack(one.id)} done={done} />
              ) : null,
          },
        ]}
      />
    </section>
  )
}
