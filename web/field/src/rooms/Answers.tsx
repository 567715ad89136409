import { useWords } from '../i18n'
import type { Household, Term } from '../store/bundle'
import { type Answer, type Result, UNANSWERED, type VisitDraft } from '../store/visit'
import { Choice, Choices, TextField } from './parts'

interface Props {
  of: Household
  draft: VisitDraft
  change: (part: Partial<VisitDraft>) => void
  symptoms: Term[]
}

const RESULTS: Result[] = ['well', 'unwell', 'not_seen', 'away']

/** How each member was found. Temperature and symptoms are asked of who is unwell; a temperature may be given of any. */
export function Answers({ of, draft, change, symptoms }: Props) {
  const w = useWords()
  return of.members.map(({ person, name }, at) => {
    const answer = draft.members[person] ?? UNANSWERED
    const put = (part: Partial<Answer>) => change({ members: { ...draft.members, [person]: { ...answer, ...part } } })
    const here = answer.result === 'well' || answer.result === 'unwell'
    return (
      <section key={person} className="member">
        <Choice
          legend={name ?? w.t('visit.member', { n: at + 1 })}
          options={RESULTS.map((value) => ({ value, label: w.t(`visit.${value}`) }))}
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
          <Choices
            legend={w.t('visit.symptoms')}
            options={symptoms.map((one) => ({ value: one.code, label: w.name(one) }))}
            values={answer.symptoms}
            onChange={(codes) => put({ symptoms: codes })}
          />
        )}
      </section>
    )
  })
}
