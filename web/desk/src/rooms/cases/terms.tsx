import { createContext, type ReactNode, useContext } from 'react'
import { type Columns, cases, type Disease, type Diseases, type Edition, type Term } from '../../api/cases'
import { useResource } from '../../api/resource'
import { useWords } from '../../i18n'
import { Failure, Loading } from '../../parts/States'

/** The dictionary of codes, the diseases with their editions, and the columns of the line list. */
export interface Dictionary extends Diseases {
  columns: Columns
  /** The title of a code; the code itself where there is none. */
  term: (group: string, code: string | null | undefined) => string
  disease: (code: string) => Disease | undefined
}

const DictionaryContext = createContext<Dictionary | null>(null)

export function useTerms(): Dictionary {
  const its = useContext(DictionaryContext)
  if (!its) throw new Error('there is no dictionary around this')
  return its
}

/** They change with the software alone: asked for once. */
let asked: Promise<[Diseases, Columns]> | null = null

function dictionary(): Promise<[Diseases, Columns]> {
  asked ??= Promise.all([cases.diseases(), cases.columns()]).catch((error) => {
    asked = null
    throw error
  })
  return asked
}

export function WithTerms({ children }: { children: ReactNode }) {
  const w = useWords()
  const found = useResource('dictionary', dictionary)
  if (found.error) return <Failure error={found.error} retry={found.retry} told />
  if (!found.data) return <Loading />
  const [{ diseases, terms }, columns] = found.data
  const term = (group: string, code: string | null | undefined) => {
    if (!code) return ''
    const its: Term | undefined = (group === 'disease' ? diseases : (terms[group] ?? [])).find((t) => t.code === code)
    return its ? w.name(its) : code
  }
  const value = { diseases, terms, columns, term, disease: (code: string) => diseases.find((d) => d.code === code) }
  return <DictionaryContext value={value}>{children}</DictionaryContext>
}

/** The edition in force on a day in an area: of the narrowest area, a national one before one of the WHO. */
export function inForce(disease: Disease | undefined, day: string, area: string): Edition | undefined {
  const held = (disease?.editions ?? []).filter(
    (e) => e.begins <= day && (!e.ends || day <= e.ends) && area.startsWith(stem(e.area)),
  )
  const rank = (e: Edition) => stem(e.area).length * 2 + Number(e.authority === 'national')
  return held.sort((a, b) => rank(b) - rank(a))[0]
}

/** What the codes within a division begin with: 42 of 420000. */
function stem(area: string): string {
  return area.replace(/^(\d\d)0000$/, '$1').replace(/^(\d{4})00$/, '$1')
}

/** Codes as options of a choice. */
export function optionsOf(terms: readonly Term[], w: { name: (of: Term) => string }) {
  return terms.map((t) => ({ value: t.code, label: w.name(t) }))
}
