import { useWords } from '../i18n'
import type { Bundle, Household } from '../store/bundle'
import { choices } from '../store/form'
import { DISPOSED, DISPOSITIONS } from '../store/task'
import { type Answer, type Result, UNANSWERED, VISIT, type VisitDraft } from '../store/visit'
import { Choice, Choices, TextField } from './parts'

interface Props {
  of: Household
  draft: VisitDraft
  change: (part: Partial<VisitDraft>) => void
  bundle: Bundle
}

const RESULTS: Result[] = ['well', 'unwell', 'not_seen', 'away']

/** How each member was found. Temperature and symptoms are asked of who is unwell; a temperature may be given of any. */
export function Answers({ of, draft, change, bundle }: Props) {
  const w = useWords()
  const results = choices(bundle.forms[VISIT.kind], RESULTS, 'members', '[]', 'result')
  const dispositions = choices(bundle.forms[DISPOSED.kind], DISPOSITIONS, 'disposition')
  return of.members.map(({ person, name }, at) => {
    const answer = draft.members[person] ?? UNANSWERED
    const put = (part: Partial<Answer>) => change({ members: { ...draft.members, [person]: { ...answer, ...part } } })
    const here = answer.result === 'well' || answer.result === 'unwell'
    return (
      <section key={person} className="member">
        <Choice
          legend={name ?? w.t('visit.member', { n: at + 1 })}
          options={results.map((value) => ({ value, label: w.t(`visit.${value}`) }))}
          value={answer.result}
          onChange={(result) => put(result === 'unwell' ? { result } : { ...UNANSWERED, result })}
        />
        {here && (
          <TextField
            label={w.t('visit.temp')}
            mode="decimal"
            most={5}
            value={answer.temp_c}
            onChange={(temp_c) => put({ temp_c })}
          />
        )}
        {answer.result === 'unwell' && (
          <>
            <Choices
              legend={w.t('visit.symptoms')}
              options={bundle.symptoms.map((one) => ({ value: one.code, label: w.name(one) }))}
              values={answer.symptoms}
              onChange={(codes) => put({ symptoms: codes })}
            />
            <Choice
              legend={w.t('visit.disposition')}
              options={dispositions.map((value) => ({ value, label: w.t(`disposition.${value}`) }))}
              value={answer.disposition ?? null}
              onChange={(disposition) => put({ disposition })}
            />
          </>
        )}
      </section>
    )
  })
}
