import { Button, Checkbox, InputNumber, Select } from 'antd'
import { useState } from 'react'
import { newId } from '../../api/once'
import { useResource } from '../../api/resource'
import { CLASSES, type Item, LINES, type Shortage, type Shortages, supplies } from '../../api/supplies'
import { AreaName } from '../../forms/AreaName'
import { useAct } from '../../forms/act'
import { Grid } from '../../forms/Grid'
import { Told } from '../../forms/Told'
import { Empty, Failure, Loading } from '../../parts/States'
import { pathOf, useFilter } from '../../route'
import { useSession } from '../../session'
import { called, itemName, perDay, quantity } from './terms'
import { useSupplies } from './words'

interface Props {
  area: string
  items: Item[]
}

const STATUSES = ['out', 'short', 'low', 'enough', 'none'] as const

/** What runs out first, as it is or as it would be, with what to buy. */
export function ShortageBoard({ area, items }: Props) {
  const [filter] = useFilter()
  const asked = {
    area,
    line: filter.line,
    supply_class: filter.class,
    together: filter.together,
    factor: filter.factor,
    target_days: filter.days,
    incoming: filter.incoming,
  }
  const key = `shortages|${JSON.stringify(asked)}`
  const found = useResource(key, (signal) => supplies.shortages(asked, signal), 'keep', ['supplies'])
  return (
    <>
      <WhatIf target={found.data?.target_days} />
      {found.error && <Failure error={found.error} retry={found.retry} told />}
      {!found.data && found.loading && <Loading />}
      {found.data && !found.error && <Listed of={found.data} items={items} done={found.retry} />}
    </>
  )
}

/** What is supposed: the board as it would be. */
function WhatIf({ target }: { target?: number }) {
  const w = useSupplies()
  const [filter, narrow] = useFilter()
  const supposed = ['factor', 'days', 'incoming'].some((name) => filter[name])
  return (
    <search className="card bounds" aria-label={w.t('sh.narrow')}>
      <Select
        allowClear
        placeholder={w.t('sh.line')}
        aria-label={w.t('sh.line')}
        value={filter.line}
        onChange={(to: string | undefined) => narrow({ line: to ?? null })}
        options={LINES.map((value) => ({ value, label: w.t(`line.${value}`) }))}
        popupMatchSelectWidth={false}
      />
      <Select
        allowClear
        placeholder={w.t('sh.class')}
        aria-label={w.t('sh.class')}
        value={filter.class}
        onChange={(to: string | undefined) => narrow({ class: to ?? null })}
        options={CLASSES.map((value) => ({ value, label: w.t(`class.${value}`) }))}
        popupMatchSelectWidth={false}
      />
      <Checkbox
        checked={filter.together === 'true'}
        onChange={(e) => narrow({ together: e.target.checked ? 'true' : null })}
      >
        {w.t('sh.together')}
      </Checkbox>
      <span className="pick inline">
        <span aria-hidden>{w.t('sh.factor')}</span>
        <InputNumber
          aria-label={w.t('sh.factor')}
          min={0.1}
          max={100}
          step={0.5}
          value={Number(filter.factor ?? 1)}
          onChange={(to) => narrow({ factor: !to || to === 1 ? null : String(to) })}
        />
      </span>
      <span className="pick inline">
        <span aria-hidden>{w.t('sh.days')}</span>
        <InputNumber
          aria-label={w.t('sh.days')}
          min={1}
          max={366}
          precision={0}
          value={filter.days ? Number(filter.days) : target}
          onChange={(to) => narrow({ days: to ? String(to) : null })}
        />
      </span>
      <Checkbox
        checked={filter.incoming === 'false'}
        onChange={(e) => narrow({ incoming: e.target.checked ? 'false' : null })}
      >
        {w.t('sh.incoming')}
      </Checkbox>
      {supposed && (
        <Button size="small" onClick={() => narrow({ factor: null, days: null, incoming: null })}>
          {w.t('sh.as_is')}
        </Button>
      )}
    </search>
  )
}

function Listed({ of, items, done }: { of: Shortages; items: Item[]; done: () => void }) {
  const w = useSupplies()
  const { may } = useSession()
  const named = new Map(items.map((one) => [one.id, one]))
  if (!of.lines.length) return <Empty title={w.t('sh.none')} text={w.t('sh.none.text')} />
  return (
    <section className="card" aria-label={w.t('su.tab.shortages')}>
      <p role="status">
        {STATUSES.filter((one) => of.counts[one]).map((one) => (
          <span key={one} className={`tag ${TAGS[one]}`}>
            {w.t(`status.${one}`)} {w.n(of.counts[one] ?? 0)}
          </span>
        ))}
      </p>
      <p className="muted small">
        {w.t('sh.rule', { use: w.n(of.use_days), short: w.n(of.short_days), low: w.n(of.low_days) })}
      </p>
      <details className="muted small">
        <summary>{w.t('sh.source')}</summary>
        {w.lang === 'zh' ? of.source_zh : of.source}
      </details>
      {of.growth.length > 0 && (
        <p className="muted small">
          {w.t('sh.growth')}{' '}
          {of.growth.map((one) => (
            <span key={one.area}>
              <AreaName code={one.area} /> × {w.n(one.times, 2)}{' '}
            </span>
          ))}
        </p>
      )}
      <Grid
        label={w.t('su.tab.shortages')}
        rows={of.lines}
        keyOf={(one) => `${one.store}${one.item}`}
        columns={[
          {
            key: 'item',
            title: w.t('sh.item'),
            head: true,
            cell: (one) => (
              <>
                {itemName(w, named.get(one.item), one.item)} <Status of={one} />
              </>
            ),
          },
          { key: 'store', title: w.t('sh.store'), cell: (one) => <Where of={one} /> },
          { key: 'stock', title: w.t('sh.stock'), cell: (one) => <Stock of={one} item={named.get(one.item)} /> },
          {
            key: 'use',
            title: w.t('sh.use'),
            cell: (one) => (
              <>
                {perDay(w, one.per_day_used)}
                <span className="muted block small">{w.t('sh.need', { n: perDay(w, one.per_day_needed) })}</span>
              </>
            ),
          },
          {
            key: 'days',
            title: w.t('sh.lasts'),
            cell: (one) => (
              <>
                <b>{one.days_ahead === null ? '—' : w.n(one.days_ahead, 1)}</b>
                {one.days !== null && (
                  <span className="muted block small">{w.t('sh.by_use', { n: w.n(one.days, 1) })}</span>
                )}
                {one.ends && <span className="muted block small">{w.t('sh.ends', { day: w.day(one.ends) })}</span>}
              </>
            ),
          },
          {
            key: 'buy',
            title: w.t('sh.buy'),
            cell: (one) =>
              one.buy ? (
                <>
                  {quantity(w, named.get(one.item), one.buy)}
                  {may('supplies.move') && one.store && <Buy of={one} done={done} />}
                </>
              ) : (
                <span className="muted">—</span>
              ),
          },
        ]}
      />
    </section>
  )
}

const TAGS = { out: 'fails', short: 'fails', low: 'warns', enough: 'passes', none: '' } as const

function Status({ of }: { of: Shortage }) {
  const w = useSupplies()
  return <span className={`tag ${TAGS[of.status]}`}>{w.t(`status.${of.status}`)}</span>
}

function Where({ of }: { of: Shortage }) {
  const w = useSupplies()
  if (!of.store) return <span className="muted">{w.t('sh.all_stores')}</span>
  return (
    <>
      <a href={pathOf({ room: 'store', id: of.store })}>{called(w, { name: of.store_name, en: of.store_en })}</a>
      <span className="muted block small">
        <AreaName code={of.area} />
      </span>
    </>
  )
}

function Stock({ of, item }: { of: Shortage; item?: Item }) {
  const w = useSupplies()
  return (
    <>
      {quantity(w, item, of.shelf + of.out)}
      {of.way > 0 && <span className="muted block small">{w.t('sh.way', { n: w.n(of.way) })}</span>}
      {of.expired > 0 && <span className="late block small">{w.t('sh.expired', { n: w.n(of.expired) })}</span>}
    </>
  )
}

/** Orders what the board suggests; what was ordered can be taken back. */
function Buy({ of, done }: { of: Shortage; done: () => void }) {
  const w = useSupplies()
  const { busy, error, run } = useAct()
  const [id] = useState(newId)
  if (!of.store) return null
  const store = of.store
  const buy = () =>
    run(async () => {
      await supplies.move({
        id,
        process: 'purchase',
        store,
        item: of.item,
        amount: of.buy,
        origin: '',
        late: false,
        confirm: true,
      })
      done()
    })
  return (
    <div className="row-acts">
      <Button size="small" loading={busy} onClick={buy}>
        {w.t('sh.order')}
      </Button>
      <Told error={error} />
    </div>
  )
}
