import { Button, Form, Input, Select } from 'antd'
import type { RowFault, Terms } from '../../api/people'
import { faultOf, idNumberRule } from './Enter'
import { useSpoken } from './words'

const MOST = 5

/** The documents of a person: of any kind, or none. */
export function Papers({ terms, faults }: { terms: Terms; faults: RowFault[] }) {
  const w = useSpoken()
  return (
    <Form.List name="documents">
      {(papers, { add, remove }) => (
        <>
          {papers.map((paper) => (
            <Paper
              key={paper.key}
              at={paper.name}
              terms={terms}
              faults={faults}
              remove={papers.length > 1 ? () => remove(paper.name) : null}
            />
          ))}
          {papers.length < MOST && (
            <Button size="small" className="add" onClick={() => add({ kind: 'passport' })}>
              {w.t('enter.document.add')}
            </Button>
          )}
        </>
      )}
    </Form.List>
  )
}

interface PaperProps {
  at: number
  terms: Terms
  faults: RowFault[]
  remove: (() => void) | null
}

function Paper({ at, terms, faults, remove }: PaperProps) {
  const w = useSpoken()
  const kind = Form.useWatch(['documents', at, 'kind'])
  const told = (its: string) => faultOf(faults, `documents.${at}.${its}`, w)
  const kinds = terms.documents.map((d) => ({ value: d.id, label: w.name(d) }))
  return (
    <div className="fields paper">
      <Form.Item name={[at, 'kind']} label={w.t('enter.document.kind')} {...told('kind')}>
        <Select
          popupMatchSelectWidth={false}
          options={at === 0 ? [...kinds, { value: 'none', label: w.t('enter.document.none') }] : kinds}
        />
      </Form.Item>
      {kind !== 'none' && (
        <Form.Item
          name={[at, 'number']}
          label={w.t('enter.document.number')}
          validateTrigger={['onBlur', 'onSubmit']}
          rules={[
            { required: true, message: w.t('enter.needed') },
            ...(kind === 'resident_id' ? [idNumberRule(w.t('enter.check_digit'))] : []),
          ]}
          {...told('number')}
        >
          <Input maxLength={40} spellCheck={false} autoCapitalize="characters" />
        </Form.Item>
      )}
      {kind === 'passport' && (
        <Form.Item
          name={[at, 'country']}
          label={w.t('enter.document.country')}
          rules={[{ required: true, pattern: /^[A-Za-z]{3}$/, message: w.t('enter.needed') }]}
          {...told('country')}
        >
          <Input maxLength={3} spellCheck={false} placeholder="CHN" />
        </Form.Item>
      )}
      {remove && (
        <Button size="small" className="add" onClick={remove}>
          {w.t('enter.document.remove')}
        </Button>
      )}
    </div>
  )
}
