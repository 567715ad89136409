import { useResource } from '../../api/resource'
import { type Flag, type Item, LINES, supplies } from '../../api/supplies'
import { AreaName } from '../../forms/AreaName'
import { Grid } from '../../forms/Grid'
import { Failure, Loading } from '../../parts/States'
import { pathOf } from '../../route'
import { called, itemName, quantity } from './terms'
import { useSupplies } from './words'

/** The three supply lines apart, by class, and what looks wrong in the stock. */
export function StockLines({ area, items }: { area: string; items: Item[] }) {
  const w = useSupplies()
  const found = useResource(`supply-lines|${area}`, (signal) => supplies.lines(area, signal), 'keep', ['supplies'])
  if (found.error) return <Failure error={found.error} retry={found.retry} told />
  if (!found.data) return <Loading />
  const { lines, flags } = found.data
  return (
    <>
      <section className="card" aria-label={w.t('su.tab.lines')}>
        <Grid
          label={w.t('su.tab.lines')}
          rows={LINES.flatMap((line) => lines.filter((one) => one.line === line))}
          keyOf={(one) => `${one.line}${one.supply_class}`}
          columns={[
            {
              key: 'class',
              title: w.t('sh.class'),
              head: true,
              cell: (one) => (
                <>
                  {w.t(one.supply_class ? `class.${one.supply_class}` : 'class.none')}
                  <span className="muted block small">{w.t(`line.${one.line}`)}</span>
                </>
              ),
            },
            { key: 'items', title: w.t('ln.items'), className: 'number', cell: (one) => w.n(one.items) },
            { key: 'held', title: w.t('ln.held'), className: 'number', cell: (one) => w.n(one.held) },
            { key: 'way', title: w.t('ln.way'), className: 'number', cell: (one) => w.n(one.on_way) },
          ]}
        />
      </section>
      <Flags flags={flags} items={items} />
    </>
  )
}

function Flags({ flags, items }: { flags: Flag[]; items: Item[] }) {
  const w = useSupplies()
  const named = new Map(items.map((one) => [one.id, one]))
  return (
    <section className="card" aria-labelledby="flags">
      <h2 id="flags">{w.t('fl.title')}</h2>
      {flags.length ? (
        <Grid
          label={w.t('fl.title')}
          rows={flags}
          keyOf={(one) => `${one.flag}${one.store}${one.item}${one.lot}`}
          columns={[
            { key: 'flag', title: w.t('fl.flag'), head: true, cell: (one) => w.t(`flag.${one.flag}`) },
            {
              key: 'store',
              title: w.t('sh.store'),
              cell: (one) => (
                <>
                  <a href={pathOf({ room: 'store', id: one.store })}>
                    {called(w, { name: one.store_name, en: one.store_en })}
                  </a>
                  <span className="muted block small">
                    <AreaName code={one.area} />
                  </span>
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
            {
              key: 'quantity',
              title: w.t('sh.stock'),
              cell: (one) => (
                <>
                  {quantity(w, named.get(one.item), one.quantity)}
                  {one.expires && (
                    <span className="muted block small">{w.t('sc.until', { day: w.day(one.expires) })}</span>
                  )}
                  {one.days !== null && (
                    <span className="muted block small">{w.t('fl.days', { n: w.n(one.days, 1) })}</span>
                  )}
                </>
              ),
            },
          ]}
        />
      ) : (
        <p className="muted">{w.t('fl.none')}</p>
      )}
    </section>
  )
}
