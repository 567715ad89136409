import Button from 'antd-mobile/es/components/button'
import { useState } from 'react'
import { useField } from '../field'
import { useWords } from '../i18n'
import { Full } from '../store/full'
import { addHousehold, type Door, householdId } from '../store/household'
import { Choice, Count, Screen, TextField, Wrong } from './parts'

const LONGEST = 32

/** A household that is on no list. */
export default function NewHousehold() {
  const w = useWords()
  const { phone, bundle, setBundle, refresh } = useField()
  const [grid, setGrid] = useState<string | null>(null)
  const [at, setAt] = useState<Door>({ building: '', unit: '', door: '', expected: null })
  const [wrong, setWrong] = useState<string | null>(null)
  if (!bundle) return null
  const chosen = bundle.grids.find((one) => one.id === (grid ?? bundle.grids[0]?.id))
  const add = async () => {
    if (!chosen || !at.door.trim()) return
    try {
      const next = await addHousehold(phone, bundle, chosen, at)
      if (!next) return setWrong(w.t('house.there'))
      setBundle(next)
      await refresh()
      const trimmed = { ...at, building: at.building.trim(), unit: at.unit.trim(), door: at.door.trim() }
      location.replace(`#/visit/${await householdId(chosen.area, trimmed)}`)
    } catch (error) {
      setWrong(w.t(error instanceof Full ? 'visit.full' : 'visit.unsaved'))
    }
  }
  const text = (name: 'building' | 'unit' | 'door') => (
    <TextField
      label={w.t(`house.${name}`)}
      value={at[name]}
      most={LONGEST}
      onChange={(value) => setAt((before) => ({ ...before, [name]: value }))}
    />
  )
  return (
    <Screen title={w.t('house.title')}>
      <p className="muted">{w.t('house.text')}</p>
      {bundle.grids.length > 1 && (
        <Choice
          legend={w.t('house.grid')}
          options={bundle.grids.map((one) => ({ value: one.id, label: one.name }))}
          value={chosen?.id ?? null}
          onChange={setGrid}
        />
      )}
      {text('building')}
      {text('unit')}
      {text('door')}
      <Count
        label={w.t('house.expected')}
        value={at.expected}
        onChange={(expected) => setAt((before) => ({ ...before, expected }))}
      />
      <Wrong text={wrong} />
      <Button block color="primary" size="large" disabled={!at.door.trim()} onClick={add}>
        {w.t('house.add')}
      </Button>
    </Screen>
  )
}
